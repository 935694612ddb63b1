import { FoldWorker } from './fold-worker.ts'
import type { FoldHooks, FoldJob, FoldResult, Runner } from './runner.ts'
import type { WorkerSettings, Workload } from './workload.ts'

/** Runs jobs in the calling thread, one at a time: for studies defined in the calling program. */
export class InlineRunner implements Runner {
  readonly concurrency = 1
  readonly #worker: FoldWorker

  constructor(workload: Workload, settings: WorkerSettings) {
    this.#worker = new FoldWorker(workload, settings)
  }

  async run(job: FoldJob, hooks: FoldHooks, signal?: AbortSignal): Promise<FoldResult> {
    signal?.throwIfAborted()
    // What a hook throws is not user code's to catch.
    const thrown: unknown[] = []
    const result = await this.#worker.run(job, {
      onEpoch(epoch, metrics) {
        if (signal?.aborted || thrown.length > 0) return 'stop'
        try {
          return hooks.onEpoch(epoch, metrics)
        } catch (error) {
          thrown.push(error)
          return 'stop'
        }
      },
    })
    if (thrown.length > 0) throw thrown[0]
    signal?.throwIfAborted()
    return result
  }

  async close(): Promise<void> {}
}
