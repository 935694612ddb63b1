import type { MessagePort } from 'node:worker_threads'
import { Piscina } from 'piscina'
import { errorRecord } from '../core/errors.ts'
import type { Isolation } from './backends/backend.ts'
import { trimHeap } from './heap-trim.ts'
import type { WorkerData } from './jobs/messages.ts'
import { type JobContext, RunningJob } from './jobs/running-job.ts'
import { ThreadsMemory } from './jobs/threads-memory.ts'
import { endInWords, measureInProcess } from './measurement/in-process.ts'
import { measureCandidates } from './measurement/measure-candidates.ts'
import { failures } from './measurement/measure-steps.ts'
import type { Measured, MeasurementTask, Measurer } from './measurement/measurement.ts'
import type { FoldHooks, FoldJob, FoldResult, Runner } from './runner.ts'

/** Most of a job's garbage dies young, and what is reserved for it counts for every worker. */
const YOUNG_GENERATION_MB = 8

/** For a measurement: a model that takes longer is far beyond what it can train. */
const MEASUREMENT_LIMIT_MS = 60_000

const ENTRIES = { thread: './worker.js', process: './processes/owner.js' }

/**
 * Runs jobs on a Piscina pool of worker threads, each with the study's module loaded. With `thread` they do the jobs
 * themselves, on shared data; native code that crashes ends the program there. With `process` each owns a process, with
 * a copy of the data, and whatever happens in it costs one job.
 */
export class PoolRunner implements Runner, Measurer {
  readonly concurrency: number
  readonly #pool: Piscina
  readonly #workerData: WorkerData
  readonly #context: JobContext
  readonly #jobs = new Set<RunningJob>()
  readonly #owners = new Set<MessagePort>()
  #closing = false

  constructor(workers: number, workerData: WorkerData, isolation: Isolation = 'thread') {
    this.concurrency = workers
    this.#workerData = workerData
    this.#context = { isolation, threads: new ThreadsMemory(), onOwner: (owner) => this.#own(owner) }
    const { heapBytes } = workerData
    this.#pool = new Piscina({
      filename: new URL(ENTRIES[isolation], import.meta.url).href,
      minThreads: workers,
      maxThreads: workers,
      idleTimeout: Number.POSITIVE_INFINITY,
      atomics: 'disabled',
      resourceLimits: {
        maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
        ...(heapBytes === undefined || isolation === 'process'
          ? {}
          : { maxOldGenerationSizeMb: Math.ceil(heapBytes / 2 ** 20) }),
      },
      workerData,
    })
    // A thread that cannot start comes for a job that waits: the pool makes a new one with the next job only.
    this.#pool.on('error', (error) => [...this.#jobs].find(({ waits }) => waits)?.lost(error))
  }

  async run(job: FoldJob, hooks: FoldHooks, signal?: AbortSignal): Promise<FoldResult> {
    signal?.throwIfAborted()
    const running = new RunningJob(job, hooks, this.#context)
    const stop = () => running.stop(signal?.reason)
    signal?.addEventListener('abort', stop, { once: true })
    this.#jobs.add(running)
    void this.#pool
      .run(running.message, { transferList: [running.message.port], signal: running.abandoned })
      .then(
        () => running.released(),
        (error: unknown) => running.released(error),
      )
      .finally(() => this.#jobs.delete(running))
    try {
      return await running.ended
    } finally {
      signal?.removeEventListener('abort', stop)
      trimHeap()
    }
  }

  async measure(task: MeasurementTask, signal?: AbortSignal): Promise<Measured> {
    return measureCandidates(task, { safely: (safe) => this.#measure(safe, signal), apart: this.#workerData }, signal)
  }

  async #measure(task: MeasurementTask, signal: AbortSignal | undefined): Promise<Measured> {
    const limit = AbortSignal.timeout(MEASUREMENT_LIMIT_MS)
    const end = signal === undefined ? limit : AbortSignal.any([limit, signal])
    if (this.#context.isolation === 'process') return measureInProcess(this.#workerData, task, end)
    try {
      return await this.#pool.run(task, { name: 'measure', signal: end })
    } catch (error) {
      const reason = end.aborted ? endInWords(end.reason) : errorRecord(error).message
      return { points: [], measurements: failures(task.candidates, task.points.length, { status: 'failed', reason }) }
    }
  }

  async close(): Promise<void> {
    this.#closing = true
    for (const running of this.#jobs) if (running.waits) running.kill()
    const ended = [...this.#owners].map((owner) => new Promise((resolve) => owner.once('close', resolve)))
    for (const owner of this.#owners) {
      owner.ref()
      owner.postMessage('close')
    }
    await Promise.all(ended)
    await this.#pool.destroy()
  }

  #own(owner: MessagePort): void {
    this.#owners.add(owner)
    owner.once('close', () => this.#owners.delete(owner))
    owner.unref()
    if (this.#closing) owner.postMessage('close')
  }
}
