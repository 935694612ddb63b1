import type { Checkpoint } from '../core/checkpoint.ts'
import type { ErrorRecord } from '../core/errors.ts'
import type { Json } from '../core/json.ts'
import type { Params } from '../core/params.ts'
import type { Metrics } from '../core/trial.ts'

/** What a job may use at most; whatever is absent is not limited. */
export interface JobLimits {
  /** From the start of the job, or from one report, to the next report. */
  readonly epochMs?: number
  /** From the start of the job to its result. */
  readonly jobMs?: number
  /** Of the worker's memory beyond what it had when the job began. */
  readonly memoryBytes?: number
}

/** One job of the pool: one fold of one trial. Plain data. */
export interface FoldJob {
  readonly trial: number
  readonly fold: number
  readonly params: Params
  readonly epochs: { readonly from: number; readonly to: number }
  /** Path of the fold's random stream. */
  readonly stream: string
  readonly checkpoint?: Checkpoint
  readonly keepCheckpoint: boolean
  /** Whether the worker must wait for the answer to each report; otherwise training goes on and the answer is not read. */
  readonly asksAfterEpoch: boolean
  /** A job that goes beyond fails with `runner/timeout` or `runner/out-of-memory`, and its worker is replaced. */
  readonly limits?: JobLimits
}

export interface FoldHooks {
  onEpoch(epoch: number, metrics: Metrics): 'continue' | 'stop'
}

/** What a model declared while it was built (see `hp`): a space, and the values it used. */
export interface Declared {
  readonly space: Json
  readonly params: Params
}

/** How a job ended. A failure is a result too: it costs the job, not the study. */
export type FoldResult = { readonly declared?: Declared } & (
  | {
      readonly status: 'complete' | 'pruned' | 'diverged'
      readonly epochs: number
      readonly engine: string
      readonly backend: string
      readonly durationMs: number
      readonly checkpoint?: Checkpoint
    }
  | { readonly status: 'failed'; readonly cause: ErrorRecord; readonly durationMs: number }
)

/** Runs jobs: on a pool of workers, or in the calling thread. */
export interface Runner {
  /** How many jobs run at once. */
  readonly concurrency: number
  /** Never rejects for what happens inside a job; rejects with the signal's reason when that aborts. */
  run(job: FoldJob, hooks: FoldHooks, signal?: AbortSignal): Promise<FoldResult>
  /** Stops what runs and frees all threads and memory. */
  close(): Promise<void>
}
