import { TunerError } from '../../core/errors.ts'
import type { Params } from '../../core/params.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { TrainingOptions } from '../../training/options.ts'
import { keras } from '../engines/keras/keras.ts'
import { tf } from '../engines/tfjs/tf.ts'
import type { ModelContext } from '../workload.ts'

/** What `model()` is given for a configuration. */
export function modelContext(params: Params, dataset: Dataset): ModelContext {
  const shapes = dataset.inputs.map(({ shape }) => [...shape])
  const classes = dataset.task.kind === 'classification' ? dataset.task.classes : []
  const width = dataset.targets[0].shape.at(-1) ?? 1
  return {
    tf,
    keras,
    params,
    inputShape: shapes[0] ?? [],
    inputShapes: shapes,
    outputs: classes.length > 2 ? classes.length : width,
    classes,
  }
}

/** Throws `training/bad-option`. */
export function batchSizeOf(training: TrainingOptions, params: Params): number {
  const { batchSize } = training
  const size = typeof batchSize === 'function' ? batchSize(params) : (batchSize ?? params.batchSize ?? 32)
  if (Number.isInteger(size) && Number(size) > 0) return Number(size)
  throw new TunerError('training/bad-option', `The batch size is ${String(size)}; expected a whole number above 0.`)
}
