import type { LayersModel } from '@tensorflow/tfjs-layers'
import { TunerError } from '../../../core/errors.ts'
import { RandomStream } from '../../../core/random.ts'
import type { NamedValues } from '../../../training/checkpoint.ts'
import { EarlyStoppingTracker } from '../../../training/early-stopping.ts'
import { epochOrder } from '../../../training/epoch-order.ts'
import type { FoldData } from '../../../training/fold-data.ts'
import type { Engine, TrainingEnd, TrainingHooks, TrainingJob, TrainingResult } from '../engine.ts'
import { type Arithmetic, instantiate, resolveArithmetic } from './kernels/module.ts'
import { readModel } from './model/read-model.ts'
import { Arena } from './plan/arena.ts'
import { makePlan } from './plan/planner.ts'
import { ModelWeights } from './weights.ts'

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

  /** The plan of a model as a text that reads like a program. */
  explain(model: LayersModel, { dataset }: FoldData, batchSize: number): string {
    return this.#plan(model, dataset, batchSize).toString()
  }

  async train(job: TrainingJob, data: FoldData, hooks: TrainingHooks): Promise<TrainingResult> {
    const { model, batchSize, checkpoint, earlyStopping } = job
    const arena = this.#arena
    const plan = this.#plan(model, data.dataset, Math.min(batchSize, data.train.length))
    const weights = new ModelWeights(model, plan, arena)
    if (checkpoint === undefined) weights.load()
    else weights.restore(checkpoint.weights, checkpoint.optimizer)
    const seed = new RandomStream(job.stream).split('dropout').seed32
    const stopping = earlyStopping && new EarlyStoppingTracker(earlyStopping, checkpoint?.stopping)
    let bestWeights: readonly NamedValues[] | undefined = checkpoint?.stopping?.bestWeights
    let end: TrainingEnd = 'complete'
    let epoch = job.epochs.from
    while (epoch < job.epochs.to) {
      epoch++
      const order = epochOrder(job.stream, epoch, data.train, job.shuffle)
      const metrics = plan.train(arena, order, batchSize, epoch, seed)
      if (data.validation.length > 0) Object.assign(metrics, plan.evaluate(arena, data.validation, batchSize))
      const answer = hooks.onEpoch(epoch, metrics)
      if (!Number.isFinite(metrics.loss) || !Number.isFinite(metrics.val_loss ?? 0)) {
        end = 'diverged'
        break
      }
      const verdict = earlyStopping && stopping?.update(epoch, metrics[earlyStopping.monitor] ?? Number.NaN)
      if (verdict?.improved && earlyStopping?.restoreBest) bestWeights = weights.read()
      if (answer === 'stop') {
        end = 'pruned'
        break
      }
      if (verdict?.stop) break
    }
    const result: TrainingResult = { end, epochs: epoch }
    weights.store(bestWeights)
    if (!job.keepCheckpoint) return result
    const state = stopping && { ...stopping.state, ...(bestWeights === undefined ? {} : { bestWeights }) }
    const saved = { epoch, weights: weights.read(), optimizer: weights.readOptimizer() }
    return { ...result, checkpoint: { ...saved, ...(state === undefined ? {} : { stopping: state }) } }
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
