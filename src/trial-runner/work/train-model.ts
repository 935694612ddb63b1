import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Checkpoint } from '../../core/checkpoint.ts'
import { TunerError } from '../../core/errors.ts'
import type { FoldData } from '../../training/fold-data.ts'
import type { Engine, TrainingHooks, TrainingJob } from '../engines/engine.ts'
import type { Trained } from './trained.ts'

/** Trains a model on the first engine that can. Throws `engine/unsupported`. */
export async function trainModel(
  engines: readonly Engine[],
  job: TrainingJob,
  data: FoldData,
  hooks: TrainingHooks,
): Promise<Trained> {
  const engine = selectEngine(engines, job.model, data, job.checkpoint)
  const result = await engine.train(job, data, hooks)
  return { ...result, engine: engine.name, backend: engine.backend }
}

/** The first engine that can train the model; for a trial that goes on, among those that wrote its checkpoint. */
function selectEngine(
  engines: readonly Engine[],
  model: LayersModel,
  data: FoldData,
  checkpoint: Checkpoint | undefined,
): Engine {
  const reasons: string[] = []
  for (const engine of engines) {
    const verdict =
      checkpoint === undefined || engine.wrote(checkpoint)
        ? engine.supports(model, data)
        : `it did not train the trial up to epoch ${checkpoint.epoch}`
    if (verdict === true) return engine
    reasons.push(`${engine.name}: ${verdict}`)
  }
  throw new TunerError('engine/unsupported', `No engine can train this model (${reasons.join('; ')}).`)
}
