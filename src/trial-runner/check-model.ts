import type { LayersModel } from '@tensorflow/tfjs-layers'
import { TunerError } from '../core/errors.ts'
import { type Dataset, sizeOf } from '../data/dataset.ts'

/** Throws `model/...` unless `model()` returned a compiled LayersModel that fits the data. */
export function checkModel(model: unknown, dataset: Dataset): asserts model is LayersModel {
  const candidate = model as Partial<LayersModel> | null | undefined
  if (typeof candidate?.trainOnBatch !== 'function') {
    throw new TunerError('model/threw', `model() returned ${describe(model)}; expected a tf.LayersModel.`, {
      hint: 'End model() with "return model".',
    })
  }
  if (candidate.optimizer === undefined || candidate.optimizer === null) {
    throw new TunerError('model/not-compiled', 'model() returned a model that is not compiled.', {
      hint: 'Call model.compile({ optimizer, loss, metrics }) before returning it.',
    })
  }
  checkInputs(candidate as LayersModel, dataset)
  checkOutputs(candidate as LayersModel, dataset)
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return String(value)
  return typeof value === 'object' ? `a ${value.constructor?.name ?? 'plain object'}` : `a ${typeof value}`
}

function checkInputs(model: LayersModel, dataset: Dataset): void {
  if (model.inputs.length !== dataset.inputs.length) {
    throw new TunerError(
      'model/input-mismatch',
      `The model has ${model.inputs.length} inputs, the data has ${dataset.inputs.length}.`,
    )
  }
  dataset.inputs.forEach((block, i) => {
    const wanted = model.inputs[i]?.shape.slice(1) ?? []
    const fits =
      wanted.length === block.shape.length && wanted.every((n, axis) => n === null || n === block.shape[axis])
    if (fits) return
    throw new TunerError(
      'model/input-mismatch',
      `The model takes rows of shape [${wanted.join(', ')}], the data has rows of shape [${block.shape.join(', ')}].`,
      { hint: 'Build the first layer with inputShape from the context of model().' },
    )
  })
}

function checkOutputs(model: LayersModel, dataset: Dataset): void {
  if (model.outputs.length !== dataset.targets.length) {
    throw new TunerError(
      'model/output-mismatch',
      `The model has ${model.outputs.length} outputs, the data has ${dataset.targets.length} targets.`,
    )
  }
  dataset.targets.forEach((block, i) => {
    const shape = model.outputs[i]?.shape.slice(1) ?? []
    const width = shape.reduce<number>((product, extent) => product * (extent ?? 1), 1)
    const expected = expectedWidths(dataset, sizeOf(block.shape))
    if (expected.includes(width)) return
    throw new TunerError(
      'model/output-mismatch',
      `The model puts out ${width} ${width === 1 ? 'number' : 'numbers'} a row, which does not fit the target: ${target(dataset)} wants ${expected.join(' or ')}.`,
      { hint: 'Give the last layer as many units as "outputs" in the context of model() says.' },
    )
  })
}

function expectedWidths({ task }: Dataset, targetWidth: number): number[] {
  if (task.kind === 'regression' || targetWidth > 1) return [targetWidth]
  return task.classes.length === 2 ? [1, 2] : [task.classes.length]
}

function target({ task }: Dataset): string {
  return task.kind === 'regression' ? 'a regression' : `a classification into ${task.classes.length} classes`
}
