import type { LayersModel } from '@tensorflow/tfjs-layers'
import { TunerError } from '../../core/errors.ts'
import { fittedFromJSON } from '../../cv/fitted-from-json.ts'
import { partsOf, type Rows, type ShapedArray, type Table, toBlock } from '../../data/array-blocks.ts'
import { type Dataset, type DenseBlock, sharedFloats, sizeOf } from '../../data/dataset.ts'
import { loadBackend } from '../../trial-runner/backends/registry.ts'
import { readModel } from '../../trial-runner/model-files.ts'
import { predict } from '../../trial-runner/predict.ts'
import { type FitDescription, readDescription } from './description.ts'

/** Rows of one input, or a list of tables or shaped arrays: one for each input of the model. */
export type InputRows = Rows | readonly (Table | ShapedArray)[]

/** A model that `tune fit` or `fitBest` wrote, ready to predict. */
export interface FittedModel {
  /** Takes rows after preprocessing; `model.dispose()` frees its memory. */
  readonly model: LayersModel
  readonly description: FitDescription
  /**
   * What the model puts out for each row, a list a row: the number of a regression, the probability of each class, or of
   * two classes with one output that of the second one. Rows are as they were before preprocessing: numbers in the order
   * of `description.columns`, or of the pixels of an image. Throws `data/bad-shape` and `data/bad-cell`.
   */
  predict(rows: InputRows): Promise<number[][]>
}

/**
 * Loads the folder of a fitted model. `backend` is what tfjs then computes on, in this thread: default wasm.
 *
 * @throws TunerError `study/file-missing` where the folder holds no fitted model, `data/bad-format` where its model cannot
 * be read or it was fitted with a preprocessor that is not of this package, `engine/backend-unavailable`.
 */
export async function loadFitted(
  folder: string,
  { backend = 'auto' }: { readonly backend?: string } = {},
): Promise<FittedModel> {
  const description = await readDescription(folder)
  if (description === undefined) {
    throw new TunerError('study/file-missing', `There is no fitted model in ${folder}.`, {
      hint: 'Name a folder that tune fit has written.',
    })
  }
  const preprocess = description.preprocess === null ? undefined : fittedFromJSON(description.preprocess)
  await loadBackend(backend)
  const model = await readModel(folder).catch((error: unknown) => {
    throw unreadable(folder, error)
  })
  return {
    model,
    description,
    async predict(rows) {
      const dataset = datasetOf(rows, description)
      return predict(model, preprocess?.transform(dataset) ?? dataset)
    },
  }
}

function unreadable(folder: string, cause: unknown): TunerError {
  const message = cause instanceof Error ? cause.message : String(cause)
  return new TunerError('data/bad-format', `The model in ${folder} cannot be read: ${message}.`, {
    cause,
    hint: 'Write it again with tune fit. Layers of your own have to be registered first: tf.serialization.registerClass.',
  })
}

/** Rows to predict from as a dataset in the shapes that were trained on; its targets are all 0. */
function datasetOf(rows: InputRows, { inputs, columns }: FitDescription): Dataset {
  const parts = partsOf(rows)
  if (parts.length !== inputs.length) {
    throw new TunerError('data/bad-shape', `Expected rows of ${inputs.length} inputs, got ${parts.length}.`, {
      hint: 'Give a table, or an array with its shape, for each input of the model.',
    })
  }
  const blocks = inputs.map(({ shape, scale }, i) => {
    const block = toBlock(parts[i] as Rows, `input ${i + 1}`)
    requireWidth(block, shape, i === 0 ? columns : null, i)
    return { ...block, shape, scale }
  })
  const [first, ...others] = blocks as [DenseBlock, ...DenseBlock[]]
  const count = first.data.length / sizeOf(first.shape)
  const target: DenseBlock = { kind: 'dense', data: sharedFloats(count), shape: [1] }
  return { rows: count, inputs: [first, ...others], targets: [target], task: { kind: 'regression' } }
}

function requireWidth(block: DenseBlock, shape: readonly number[], columns: readonly string[] | null, i: number): void {
  const [width, expected] = [sizeOf(block.shape), sizeOf(shape)]
  if (width === expected) return
  const names = columns === null ? `shape [${shape.join(', ')}]` : columns.join(', ')
  throw new TunerError('data/bad-shape', `Input ${i + 1}: expected ${expected} numbers a row, got ${width}.`, {
    hint: `The model was trained on ${names}.`,
  })
}
