import type { NamedValues, StoppingState } from '../core/checkpoint.ts'
import { letOthersRun } from '../core/event-loop.ts'
import type { Direction } from '../core/study.ts'
import type { Metrics } from '../core/trial.ts'
import { EarlyStoppingTracker } from './early-stopping.ts'
import type { EarlyStopping } from './options.ts'

/** The part of an engine that differs from the next one's. */
export interface EpochTrainer {
  /** Trains one epoch (counted from 1) and validates: metrics by Keras's names. */
  trainEpoch(epoch: number): Metrics | Promise<Metrics>
  /** A copy of the weights as they are. */
  snapshot(): readonly NamedValues[] | Promise<readonly NamedValues[]>
}

export interface EpochPlan {
  /** Epochs already trained, and the epoch up to which to train. */
  readonly epochs: { readonly from: number; readonly to: number }
  readonly earlyStopping?: EarlyStopping & { readonly monitor: string; readonly direction: Direction }
  /** Where early stopping stood after `epochs.from`. */
  readonly stopping?: StoppingState | undefined
}

export interface TrainedEpochs {
  readonly end: 'complete' | 'pruned' | 'diverged'
  /** Epochs trained in all. */
  readonly epochs: number
  /** Where early stopping stands; `bestWeights` where they are to be put back. */
  readonly stopping?: StoppingState
}

/**
 * The loop that every engine runs: epochs with a report after each, until all are trained, early stopping or the hook
 * ends it, or a loss is no longer finite (that epoch is reported like any other).
 */
export async function trainEpochs(
  plan: EpochPlan,
  trainer: EpochTrainer,
  onEpoch: (epoch: number, metrics: Metrics) => 'continue' | 'stop',
): Promise<TrainedEpochs> {
  const { earlyStopping } = plan
  const tracker = earlyStopping && new EarlyStoppingTracker(earlyStopping, plan.stopping)
  // A training that is gone on with may have stopped early with its last epoch.
  const hasStopped = plan.epochs.from > 0 && tracker?.isOver(plan.epochs.from)
  let bestWeights = plan.stopping?.bestWeights
  const ended = (end: TrainedEpochs['end'], epochs: number): TrainedEpochs => {
    if (tracker === undefined) return { end, epochs }
    return { end, epochs, stopping: { ...tracker.state, ...(bestWeights === undefined ? {} : { bestWeights }) } }
  }
  if (hasStopped) return ended('complete', plan.epochs.from)
  for (let epoch = plan.epochs.from + 1; epoch <= plan.epochs.to; epoch++) {
    const metrics = await trainer.trainEpoch(epoch)
    const answer = onEpoch(epoch, metrics)
    const { loss = 0, val_loss: validationLoss = 0 } = metrics
    if (!Number.isFinite(loss) || !Number.isFinite(validationLoss)) return ended('diverged', epoch)
    const verdict = earlyStopping && tracker?.update(epoch, metrics[earlyStopping.monitor] ?? Number.NaN)
    if (verdict?.improved && earlyStopping?.restoreBest) bestWeights = await trainer.snapshot()
    if (answer === 'stop') return ended('pruned', epoch)
    if (verdict?.stop) return ended('complete', epoch)
    await letOthersRun()
  }
  return ended('complete', plan.epochs.to)
}
