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
    const result = await this.#worker.run(job, {
      onEpoch(epoch, metrics) {
        const answer = hooks.onEpoch(epoch, metrics)
        return signal?.aborted ? 'stop' : answer
      },
    })
    signal?.throwIfAborted()
    return result
  }

  async close(): Promise<void> {}
}
