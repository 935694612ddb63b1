import type { MessagePort } from 'node:worker_threads'
import type { Json } from '../core/json.ts'
import type { Metrics } from '../core/trial.ts'
import type { FoldJob, FoldResult } from './runner.ts'
import type { WorkerSettings } from './workload.ts'

/** What a worker is started with. */
export interface WorkerData {
  /** URL of a module with `loadWorkload(source): Promise<Workload>`: the study's room knows where code comes from. */
  readonly loader: string
  readonly source: Json
  readonly settings: WorkerSettings
}

/** One job as it goes to a worker. */
export interface JobMessage {
  readonly job: FoldJob
  /** Reports and the result come back here, in order. */
  readonly port: MessagePort
  /** One int of shared memory: 0 while no answer has come, then {@link CONTINUE} or {@link STOP}. */
  readonly answer: Int32Array<SharedArrayBuffer>
}

export const CONTINUE = 1
export const STOP = 2

/** What comes back on a job's port. */
export type ReportMessage =
  | { readonly type: 'epoch'; readonly epoch: number; readonly metrics: Metrics }
  | { readonly type: 'result'; readonly result: FoldResult }
