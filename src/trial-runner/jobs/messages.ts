import type { MessagePort } from 'node:worker_threads'
import type { Json } from '../../core/json.ts'
import type { Metrics } from '../../core/trial.ts'
import type { FoldJob, FoldResult } from '../runner.ts'
import type { WorkerSettings } from '../workload.ts'

/** What a worker is started with. */
export interface WorkerData {
  /** URL of a module with `loadWorkload(source): Promise<Workload>`: the study's room knows where code comes from. */
  readonly loader: string
  readonly source: Json
  readonly settings: WorkerSettings
  /** Variables for the processes of a pool, taken in turn: which GPU, and how much of it. */
  readonly environments?: readonly Readonly<Record<string, string>>[]
  /** What a worker's JavaScript heap may hold at most; typed arrays are outside of it. Default: as V8 sees fit. */
  readonly heapBytes?: number
}

/** One job as it goes to a thread of the pool. */
export interface JobMessage {
  readonly job: FoldJob
  /** Reports and the result come back here, in order; an {@link Order} goes the other way. */
  readonly port: MessagePort
  /** Two ints of shared memory, at {@link ANSWER} and {@link STOPPING}. */
  readonly control: Int32Array<SharedArrayBuffer>
  /** Where the last lines that the worker prints are kept: see `WorkerLog`. */
  readonly log: SharedArrayBuffer
}

/** Index of the answer to the last report: 0 while none has come, then {@link CONTINUE} or {@link STOP}. */
export const ANSWER = 0
export const CONTINUE = 1
export const STOP = 2

/** Index of what is 1 once nobody wants the job any more: not one epoch is reported after that. */
export const STOPPING = 1

/** What a thread that owns a process is told about its job: to end it at its next report, or at once. */
export type Order = 'stop' | 'kill'

/** An epoch that is over, counted from 1. */
export interface Epoch {
  readonly epoch: number
  readonly metrics: Metrics
}

export interface EpochReport {
  readonly type: 'epochs'
  /** In order, at least one. */
  readonly epochs: readonly Epoch[]
  /** Bytes that the worker holds, where the job has a limit of memory. */
  readonly memory?: number
}

/** What comes back on a job's port. */
export type ReportMessage =
  /** A thread has the job. The port is there once for each thread that owns a process: whatever is said ends both. */
  | { readonly type: 'taken'; readonly owner?: MessagePort }
  /** Everything is loaded: from here on the time is the job's. `pid`: of the process that does it. */
  | { readonly type: 'started'; readonly memory: number; readonly pid?: number }
  | EpochReport
  | { readonly type: 'result'; readonly result: FoldResult }

/** How a worker speaks to whoever gave it a job. */
export interface JobLink {
  /** `memory`: bytes that the worker holds. */
  started(memory: number): void
  /** Nobody wants the job any more. */
  isStopped(): boolean
  /** The answer is to the last of them, and waited for where the job asks. */
  epochs(report: EpochReport): 'continue' | 'stop'
  /** `reusable`: whether the worker may be given another job; otherwise it is about to end. */
  result(result: FoldResult, reusable: boolean): void
}
