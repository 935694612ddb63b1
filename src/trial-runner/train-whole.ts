import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Params } from '../core/params.ts'
import type { Fitted } from '../cv/preprocessor.ts'
import type { Dataset } from '../data/dataset.ts'
import type { TrainingHooks } from './engines/engine.ts'
import { type EngineChoice, loadEngines } from './engines/registry.ts'
import { withTensorScope } from './engines/tfjs/tensor-scope.ts'
import { batchSizeOf } from './work/context.ts'
import { trainModel } from './work/train-model.ts'
import type { Trained } from './work/trained.ts'
import { withModel } from './work/with-model.ts'
import type { Work, Workload } from './workload.ts'

/** The work of a study that builds a model. */
export type ModelWorkload = Workload & { readonly work: Work & { kind: 'model' } }

/** The training of one configuration on all rows. */
export interface WholeJob {
  readonly params: Params
  /** How many are trained: nothing stops them early. */
  readonly epochs: number
  /** Path of its random stream. */
  readonly stream: string
}

/** A model that was trained on all rows. */
export interface TrainedWhole {
  /** Has its weights until whoever was given it is done. */
  readonly model: LayersModel
  /** What the preprocessing learned from all rows. */
  readonly preprocess: Fitted | undefined
  readonly trained: Trained
}

/**
 * Builds a study's model for one configuration in this thread and trains it on every row of a dataset, without
 * validation, on the engine that trains the study's folds; `use` is given it. Throws what a fold fails with.
 */
export async function trainWhole<T>(
  { work, training, preprocess }: ModelWorkload,
  dataset: Dataset,
  choice: EngineChoice,
  job: WholeJob,
  hooks: TrainingHooks,
  use: (result: TrainedWhole) => Promise<T>,
): Promise<T> {
  const engines = await loadEngines(choice)
  const train = Int32Array.from({ length: dataset.rows }, (_, row) => row)
  const fitted = preprocess?.fit(dataset, train)
  const data = { dataset: fitted?.transform(dataset) ?? dataset, train, validation: new Int32Array() }
  const { params, stream } = job
  return withTensorScope(() =>
    withModel(work, params, data.dataset, stream, async (model) => {
      const epochs = { from: 0, to: job.epochs }
      const options = { batchSize: batchSizeOf(training, params), shuffle: training.shuffle ?? true }
      const trained = await trainModel(
        engines,
        { model, epochs, ...options, stream, keepCheckpoint: false },
        data,
        hooks,
      )
      return use({ model, preprocess: fitted, trained })
    }),
  )
}
