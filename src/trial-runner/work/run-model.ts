import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Objective } from '../../core/study.ts'
import type { FoldData } from '../../training/fold-data.ts'
import { isHigherBetter } from '../../training/metric-names.ts'
import type { TrainingOptions } from '../../training/options.ts'
import type { Engine, TrainingJob } from '../engines/engine.ts'
import type { FoldHooks, FoldJob } from '../runner.ts'
import type { Work, Workload } from '../workload.ts'
import { batchSizeOf } from './context.ts'
import { trainModel } from './train-model.ts'
import type { Trained } from './trained.ts'
import { withModel } from './with-model.ts'

/** Builds the user's model and trains it on the first engine that can. */
export async function runModel(
  work: Work & { kind: 'model' },
  { training }: Workload,
  objective: Objective,
  engines: readonly Engine[],
  job: FoldJob,
  hooks: FoldHooks,
  data: FoldData,
): Promise<Trained> {
  return withModel(work, job.params, data.dataset, job.stream, (model) =>
    trainModel(engines, trainingJob(model, training, objective, job), data, hooks),
  )
}

function trainingJob(model: LayersModel, training: TrainingOptions, objective: Objective, job: FoldJob): TrainingJob {
  const { earlyStopping } = training
  const monitor = earlyStopping?.monitor ?? objective.metric
  const direction = isHigherBetter(monitor) ? 'maximize' : 'minimize'
  return {
    model,
    epochs: job.epochs,
    batchSize: batchSizeOf(training, job.params),
    shuffle: training.shuffle ?? true,
    stream: job.stream,
    keepCheckpoint: job.keepCheckpoint,
    ...(job.checkpoint === undefined ? {} : { checkpoint: job.checkpoint }),
    ...(earlyStopping === undefined ? {} : { earlyStopping: { ...earlyStopping, monitor, direction } }),
  }
}
