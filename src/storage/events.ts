import type { ErrorRecord } from '../core/errors.ts'
import type { Json } from '../core/json.ts'
import type { Params } from '../core/params.ts'
import type { RunRecord, StudyRecord } from '../core/study.ts'
import type { FoldStatus, MetricSummary, Metrics, TrialStatus } from '../core/trial.ts'

/** What happens in a study, in the order in which it is kept. */
export type StudyEvent =
  | TrialStarted
  | TrialContinued
  | FoldStarted
  | EpochFinished
  | AttemptLost
  | FoldFinished
  | TrialFinished
  | { readonly type: 'study-finished'; readonly at: number }
  | StudyReopened
  | RunFinished
  | SpaceGrown

/** A run of a kept study begins. */
export interface StudyReopened {
  readonly type: 'study-reopened'
  /** The tuner from now on, where its options have changed: a number of trials may grow. */
  readonly tuner?: StudyRecord['tuner']
  readonly at: number
}

/** A run of a study has ended, whatever became of the study. */
export type RunFinished = { readonly type: 'run-finished' } & RunRecord

/** A model asked for parameters that the space did not have: what it is now, and what the trial that asked used. */
export interface SpaceGrown {
  readonly type: 'space-grown'
  readonly trial: number
  readonly space: Json
  readonly params: Params
}

export interface TrialStarted {
  readonly type: 'trial-started'
  readonly trial: number
  readonly params: Params
  readonly epochs: number
  readonly note?: Json
  readonly at: number
}

/** An earlier trial runs again, up to more epochs: its curves stay, its result goes, a note replaces the one before. */
export interface TrialContinued {
  readonly type: 'trial-continued'
  readonly trial: number
  readonly epochs: number
  /** The folds that go on: they are running again. The others had stopped early and stay as they are. */
  readonly folds: readonly number[]
  readonly note?: Json
  readonly at: number
}

/** An attempt begins: epochs of this fold after `fromEpoch` are forgotten, `attempts` grows by one, the result goes. */
export interface FoldStarted {
  readonly type: 'fold-started'
  readonly trial: number
  readonly fold: number
  readonly fromEpoch: number
}

export interface EpochFinished {
  readonly type: 'epoch-finished'
  readonly trial: number
  readonly fold: number
  /** Counted from 1. */
  readonly epoch: number
  readonly metrics: Metrics
}

/** The attempt under way came to nothing, and the fold is to be tried again: a `fold-started` follows. */
export interface AttemptLost {
  readonly type: 'attempt-lost'
  readonly trial: number
  readonly fold: number
  readonly durationMs: number
  readonly cause: ErrorRecord
}

export interface FoldFinished {
  readonly type: 'fold-finished'
  readonly trial: number
  readonly fold: number
  readonly status: Exclude<FoldStatus, 'running'>
  readonly bestEpoch?: number
  readonly metrics?: Metrics
  readonly engine?: string
  readonly backend?: string
  readonly durationMs: number
  readonly cause?: ErrorRecord
}

export interface TrialFinished {
  readonly type: 'trial-finished'
  readonly trial: number
  readonly status: Exclude<TrialStatus, 'running'>
  readonly value?: number
  readonly metrics: Readonly<Record<string, MetricSummary>>
  readonly bestEpoch?: number
  readonly cause?: ErrorRecord
  readonly at: number
}
