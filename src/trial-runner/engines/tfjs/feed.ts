import type { Tensor } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { type Block, type Dataset, sizeOf } from '../../../data/dataset.ts'
import { gatherRows, oneHot } from '../../../training/gather.ts'
import { core } from './tfjs.ts'

/** Makes batches of a dataset as tensors in the form in which a model wants them. */
export class Feed {
  readonly #dataset: Dataset
  /** For each target: how many classes its labels are to be spread over, or 0 to feed them as they are. */
  readonly #oneHot: readonly number[]

  constructor(dataset: Dataset, model: LayersModel) {
    this.#dataset = dataset
    this.#oneHot = dataset.targets.map((block, i) => {
      const width = model.outputs[i]?.shape.at(-1) ?? 1
      const labels = dataset.task.kind === 'classification' && sizeOf(block.shape) === 1
      return labels && !isSparseLoss(model, i) && width > 1 ? width : 0
    })
  }

  /** Rows `order[from]` .. `order[to - 1]`. The caller disposes the tensors. */
  batch(order: Int32Array, from: number, to: number): { x: Tensor[]; y: Tensor[] } {
    const { inputs, targets } = this.#dataset
    return {
      x: inputs.map((block) => tensorOf(block, order, from, to, 0)),
      y: targets.map((block, i) => tensorOf(block, order, from, to, this.#oneHot[i] ?? 0)),
    }
  }
}

function tensorOf(block: Block, order: Int32Array, from: number, to: number, classes: number): Tensor {
  const rows = to - from
  const values = new Float32Array(rows * sizeOf(block.shape))
  gatherRows(block, order, from, to, values)
  if (classes > 0) return core.tensor(oneHot(values, classes), [rows, classes])
  return core.tensor(values, [rows, ...block.shape])
}

function isSparseLoss(model: LayersModel, output: number): boolean {
  const { loss } = model
  const one = Array.isArray(loss)
    ? loss[output]
    : typeof loss === 'string' || typeof loss === 'function'
      ? loss
      : Object.values(loss)[output]
  return one === 'sparseCategoricalCrossentropy'
}
