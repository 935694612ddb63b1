import { letOthersRun } from '../core/event-loop.ts'
import { FoldWorker } from './fold-worker.ts'
import { trimHeap } from './heap-trim.ts'
import { measureCandidates } from './measurement/measure-candidates.ts'
import { measureSteps } from './measurement/measure-steps.ts'
import type { Measured, MeasurementTask, Measurer } from './measurement/measurement.ts'
import type { FoldHooks, FoldJob, FoldResult, Runner } from './runner.ts'
import type { WorkerSettings, Workload } from './workload.ts'

/** Runs jobs in the calling thread, one at a time: for studies defined in the calling program. */
export class InlineRunner implements Runner, Measurer {
  readonly concurrency = 1
  readonly #workload: Workload
  readonly #worker: FoldWorker

  constructor(workload: Workload, settings: WorkerSettings) {
    this.#workload = workload
    this.#worker = new FoldWorker(workload, settings)
  }

  async run(job: FoldJob, hooks: FoldHooks, signal?: AbortSignal): Promise<FoldResult> {
    await letOthersRun()
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
    trimHeap()
    if (thrown.length > 0) throw thrown[0]
    signal?.throwIfAborted()
    return result
  }

  async measure(task: MeasurementTask, signal?: AbortSignal): Promise<Measured> {
    const safely = (safe: MeasurementTask) => measureSteps(this.#workload, safe)
    return measureCandidates(task, { safely, apart: undefined }, signal)
  }

  async close(): Promise<void> {}
}
