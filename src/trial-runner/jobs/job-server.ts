import { errorRecord, TunerError } from '../../core/errors.ts'
import { FoldWorker } from '../fold-worker.ts'
import { collectGarbage, trimHeap } from '../heap-trim.ts'
import type { FoldJob, FoldResult } from '../runner.ts'
import type { Workload } from '../workload.ts'
import { EpochBatch } from './epoch-batch.ts'
import type { JobLink, WorkerData } from './messages.ts'

// Kept from here on: user code may replace it.
const exit = process.exit.bind(process)

/** By how much a worker may grow over its jobs, where they have no limit: then it is replaced. */
const LEAK = 2 ** 30

/** The job under way. */
interface Current {
  readonly link: JobLink
  epochs?: EpochBatch
}

/** Does the jobs of one worker, a thread or a process of its own, and answers for what user code leaves to chance there. */
export class JobServer {
  readonly #data: WorkerData
  #workload: Promise<Workload> | undefined
  readonly #memory: () => number
  /** What the worker held after its first job, when everything was loaded. */
  #usual: number | undefined
  #worker: Promise<FoldWorker> | undefined
  #current: Current | undefined

  /** `memory`: bytes that this worker holds. */
  constructor(data: WorkerData, memory: () => number) {
    this.#data = data
    this.#memory = memory
    process.on('uncaughtException', (error) => this.#fault('An error that nothing caught', error))
    process.on('unhandledRejection', (reason) => this.#fault('A rejection that nothing handled', reason))
  }

  /** The study's code, loaded once. */
  workload(): Promise<Workload> {
    this.#workload ??= load(this.#data)
    return this.#workload
  }

  /** Whether this worker may do another job; otherwise it should end, and be replaced. */
  async run(job: FoldJob, link: JobLink): Promise<boolean> {
    const timers = activeTimers()
    const result = await this.#train(job, link)
    // What is rejected and never handled comes up before this.
    await new Promise<void>((resolve) => setImmediate(resolve))
    this.#current = undefined
    const exhausted = result.status === 'failed' && result.cause.code === 'runner/out-of-memory'
    const reusable = !exhausted && activeTimers() <= timers && !this.#leaks(job)
    link.result(result, reusable)
    if (reusable) trimHeap()
    return reusable
  }

  async #train(job: FoldJob, link: JobLink): Promise<FoldResult> {
    const current: Current = { link }
    this.#current = current
    try {
      this.#worker ??= this.workload().then((workload) => new FoldWorker(workload, this.#data.settings))
      const worker = await this.#worker
      await worker.prepare()
      link.started(this.#memory())
      const { work } = await this.workload()
      const weighs = job.limits?.memoryBytes !== undefined
      const epochs = new EpochBatch(work.kind === 'model' && !job.asksAfterEpoch, (list) =>
        link.epochs({ type: 'epochs', epochs: list, ...(weighs ? { memory: this.#memory() } : {}) }),
      )
      current.epochs = epochs
      const result = await worker.run(job, {
        // What user code left running may report when its job is over.
        onEpoch: (epoch, metrics) =>
          this.#current !== current || link.isStopped() ? 'stop' : epochs.add(epoch, metrics),
      })
      if (!link.isStopped()) epochs.flush()
      return result
    } catch (error) {
      return { status: 'failed', cause: errorRecord(error), durationMs: 0 }
    }
  }

  #leaks({ limits }: FoldJob): boolean {
    const { memoryBytes = LEAK } = limits ?? {}
    if (this.#memory() - (this.#usual ?? 0) > memoryBytes) collectGarbage()
    const now = this.#memory()
    this.#usual ??= now
    return now - this.#usual > memoryBytes
  }

  /** User code goes on in a state that nobody knows: its job fails, and the worker ends. */
  #fault(what: string, thrown: unknown): void {
    const { message, stack } = errorRecord(thrown)
    const current = this.#current
    this.#current = undefined
    if (current === undefined) {
      process.stderr.write(`${what}, after its job: ${stack ?? message}\n`)
      return
    }
    const error = new TunerError('model/threw', `${what} ended the job: ${message}`, {
      hint: 'Look for a promise that is not awaited, or for a callback of a timer or stream that throws.',
    })
    const cause = { ...errorRecord(error), ...(stack === undefined ? {} : { stack }) }
    current.epochs?.flush()
    current.link.result({ status: 'failed', cause, durationMs: 0 }, false)
    exit(1)
  }
}

async function load({ loader, source }: WorkerData): Promise<Workload> {
  const { loadWorkload } = (await import(loader)) as { loadWorkload(from: unknown): Promise<Workload> }
  return loadWorkload(source)
}

/** A timer that a job leaves behind goes off in the middle of another one. */
function activeTimers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length
}
