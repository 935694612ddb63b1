import type { Json } from './json.ts'

export type Direction = 'minimize' | 'maximize'

/** What is optimized: the mean over folds of a metric, each fold at its best epoch. */
export interface Objective {
  /** Default `val_loss`. */
  readonly metric: string
  readonly direction: Direction
}

/**
 * Where a study's code comes from, so that it can be resumed from the database alone: a module of the user, or the
 * options of a sweep, which needs no code.
 */
export type StudySource =
  | { readonly kind: 'module'; readonly path: string; readonly dataPath?: string }
  | { readonly kind: 'sweep'; readonly dataPath: string; readonly options: { readonly [key: string]: Json } }
  /** Defined in the calling program: only that program can resume it. */
  | { readonly kind: 'inline' }

/** A study as it is kept: everything that decides its numbers, and what a resume needs. */
export interface StudyRecord {
  readonly name: string
  readonly seed: number
  readonly source: StudySource
  /** The JSON form of the search space. */
  readonly space: Json
  readonly tuner: { readonly name: string; readonly options: { readonly [key: string]: Json } }
  readonly objective: Objective
  /** Epochs, folds, early stopping and the like, as shown by `tune show`. */
  readonly settings: { readonly [key: string]: Json }
  /** Versions, platform, processors, arithmetic. */
  readonly environment: { readonly [key: string]: Json }
  readonly createdAt: number
}

/** Whether a process is at work on a study, whatever became of its trials. */
export type StudyStatus = 'running' | 'interrupted' | 'complete'

/** One run of a study, from its first job to its last: what its workers had of it. */
export interface RunRecord {
  readonly startedAt: number
  readonly finishedAt: number
  readonly workers: number
  /** How long the workers trained, all of them together; that they loaded the study at first is part of it. */
  readonly busyMs: number
}

export interface StudySummary {
  readonly study: StudyRecord
  readonly status: StudyStatus
  readonly trials: number
  /** The best value so far. */
  readonly value?: number
  readonly lastUsedAt: number
}
