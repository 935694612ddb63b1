import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Checkpoint } from '../../../core/checkpoint.ts'
import { TunerError } from '../../../core/errors.ts'
import { RandomStream } from '../../../core/random.ts'
import { epochOrder } from '../../../training/epoch-order.ts'
import type { FoldData } from '../../../training/fold-data.ts'
import { type EpochTrainer, trainEpochs } from '../../../training/train-epochs.ts'
import { checkOrigin } from '../check-origin.ts'
import type { Engine, TrainingHooks, TrainingJob, TrainingResult } from '../engine.ts'
import { type Arithmetic, instantiate, resolveArithmetic } from './kernels/module.ts'
import { readModel } from './model/read-model.ts'
import { Arena } from './plan/arena.ts'
import { makePlan } from './plan/planner.ts'
import { ModelWeights, STEPS } from './weights.ts'

export interface SimdOptions {
  /** `auto`: fma where the hardware fuses, otherwise strict. Default `auto`. */
  readonly arithmetic?: Arithmetic | 'auto'
  /** Memory to work in; a guarded one shows kernels that write where they should not. */
  readonly arena?: Arena
}

/**
 * Compiles a model to a plan of WebAssembly kernels and runs that. One thread; as many engines as threads.
 * Throws `engine/arithmetic-unavailable` where fma is asked for and not to be had.
 */
export class SimdEngine implements Engine {
  readonly name = 'simd'
  readonly backend: Arithmetic
  readonly #arena: Arena
  readonly #kernels

  constructor({ arithmetic = 'auto', arena = new Arena() }: SimdOptions = {}) {
    this.backend = resolveArithmetic(arithmetic)
    this.#arena = arena
    this.#kernels = instantiate(this.backend, arena.memory)
  }

  supports(model: LayersModel, { dataset }: FoldData): true | string {
    const read = readModel(model, dataset)
    return typeof read === 'string' ? read : true
  }

  wrote(checkpoint: Checkpoint): boolean {
    return checkpoint.optimizer.some(({ name }) => name === STEPS)
  }

  /** The plan of a model as a text that reads like a program. */
  explain(model: LayersModel, { dataset }: FoldData, batchSize: number): string {
    return this.#plan(model, dataset, batchSize).toString()
  }

  async train(job: TrainingJob, data: FoldData, hooks: TrainingHooks): Promise<TrainingResult> {
    const { model, batchSize, checkpoint } = job
    const arena = this.#arena
    const plan = this.#plan(model, data.dataset, Math.min(batchSize, data.train.length))
    const weights = new ModelWeights(model, plan, arena)
    if (checkpoint !== undefined) checkOrigin(this, checkpoint)
    if (checkpoint === undefined) weights.load()
    else weights.restore(checkpoint.weights, checkpoint.optimizer)
    const seed = new RandomStream(job.stream).split('dropout').seed32
    const trainer: EpochTrainer = {
      trainEpoch(epoch) {
        const order = epochOrder(job.stream, epoch, data.train, job.shuffle)
        const metrics = plan.train(arena, order, batchSize, epoch, seed)
        if (data.validation.length === 0) return metrics
        return Object.assign(metrics, plan.evaluate(arena, data.validation, batchSize))
      },
      snapshot: () => weights.read(),
    }
    const trained = await trainEpochs({ ...job, stopping: checkpoint?.stopping }, trainer, hooks.onEpoch)
    const { end, epochs, stopping } = trained
    weights.store(stopping?.bestWeights)
    if (!job.keepCheckpoint) return { end, epochs }
    const saved = { epoch: epochs, weights: weights.read(), optimizer: weights.readOptimizer() }
    return { end, epochs, checkpoint: { ...saved, ...(stopping === undefined ? {} : { stopping }) } }
  }

  #plan(model: LayersModel, dataset: FoldData['dataset'], batchSize: number) {
    const read = readModel(model, dataset)
    if (typeof read === 'string') {
      throw new TunerError('engine/unsupported', `The simd engine cannot train this model: ${read}.`, {
        hint: 'Leave the choice of the engine to the study: the tfjs engine trains everything.',
      })
    }
    const plan = makePlan(this.#kernels, model, read, dataset, batchSize)
    plan.place(this.#arena)
    return plan
  }
}
