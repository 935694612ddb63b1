import type { EpochReport } from '../jobs/messages.ts'
import type { FoldJob, FoldResult } from '../runner.ts'

/** File descriptor on which a process reports, and reads answers and shared data. */
export const REPORTS_FD = 4
/** File descriptor that says in one byte which job is to stop; its end is the end of the owner. */
export const OWNER_FD = 5

export const GO_ON = 1
export const NO_MORE = 2

/** The first message to a process: `WorkerData`, the arrays of which follow on {@link REPORTS_FD}. */
export interface Begin {
  readonly plain: unknown
}

/** Every further one. */
export interface ProcessJob {
  readonly job: FoldJob
  /** 1 to 255, another one than that of the job before. */
  readonly sequence: number
}

/** What a process reports. */
export type ProcessReport =
  | { readonly type: 'started'; readonly memory: number }
  | EpochReport
  | { readonly type: 'result'; readonly result: FoldResult; readonly reusable: boolean }
