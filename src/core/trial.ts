import type { ErrorRecord } from './errors.ts'
import type { Json } from './json.ts'
import type { Params } from './params.ts'

/** Metrics of one epoch by Keras's names: `loss`, `mae`, `val_loss`, `val_mae`, ... */
export type Metrics = Readonly<Record<string, number>>

/**
 * - `running`: asked for and not finished (in a study that no process runs: interrupted);
 * - `complete`: trained up to its epochs, or until early stopping;
 * - `pruned`: stopped by the tuner or a pruner, its curve counts;
 * - `diverged`: the loss became NaN or infinite;
 * - `failed`: an error in every attempt.
 */
export type TrialStatus = 'running' | 'complete' | 'pruned' | 'diverged' | 'failed'

export type FoldStatus = TrialStatus

/** An attempt at a fold that came to nothing: its worker was lost, hung or had too little memory. */
export interface LostAttempt {
  /** Counted from 1. */
  readonly attempt: number
  readonly durationMs: number
  readonly cause: ErrorRecord
}

export interface FoldRecord {
  /** From 0. */
  readonly fold: number
  readonly status: FoldStatus
  /** One entry an epoch, the first one at index 0. */
  readonly curve: readonly Metrics[]
  /** Counted from 1: the epoch with the best monitored metric; absent before the first epoch. */
  readonly bestEpoch?: number
  /** The metrics by which the fold counts: those of its best epoch. */
  readonly metrics?: Metrics
  readonly engine?: string
  readonly backend?: string
  readonly durationMs?: number
  readonly attempts: number
  /** The attempts before the last one that failed, in order; absent where none did. */
  readonly lost?: readonly LostAttempt[]
  readonly cause?: ErrorRecord
}

/** A metric over the folds of a trial. */
export interface MetricSummary {
  readonly mean: number
  /** Standard deviation over the folds (n - 1 in the denominator); 0 for one fold. */
  readonly std: number
  /** Standard error of the mean: std / sqrt(folds). */
  readonly se: number
  readonly folds: readonly number[]
}

export interface TrialRecord {
  /** From 0, in the order of proposal. */
  readonly number: number
  readonly params: Params
  /** The epoch up to which the trial was asked to train. */
  readonly epochs: number
  readonly status: TrialStatus
  /** The objective: by default mean `val_loss` over folds. Absent while running or after a failure. */
  readonly value?: number
  readonly metrics: Readonly<Record<string, MetricSummary>>
  /** Counted from 1: where the objective's curve, averaged over the folds, is best. */
  readonly bestEpoch?: number
  readonly folds: readonly FoldRecord[]
  /** What the tuner wants to know again about its own proposal: bracket, rung, ... */
  readonly note?: Json
  readonly cause?: ErrorRecord
  readonly startedAt: number
  readonly finishedAt?: number
}
