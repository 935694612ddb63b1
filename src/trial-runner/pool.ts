import { MessageChannel } from 'node:worker_threads'
import { Piscina } from 'piscina'
import { errorRecord, TunerError } from '../core/errors.ts'
import { trimHeap } from './heap-trim.ts'
import { measureCandidates } from './measurement/measure-candidates.ts'
import { failures } from './measurement/measure-steps.ts'
import type { Measured, MeasurementTask, Measurer } from './measurement/measurement.ts'
import { CONTINUE, type JobMessage, type ReportMessage, STOP, type WorkerData } from './messages.ts'
import type { FoldHooks, FoldJob, FoldResult, Runner } from './runner.ts'

/** Most of a job's garbage dies young, and what is reserved for it counts for every worker. */
const YOUNG_GENERATION_MB = 8

/** For a measurement in a thread: a model that takes longer is far beyond what it can train. */
const MEASUREMENT_LIMIT_MS = 60_000

/** Runs jobs on a Piscina pool of worker threads, each with the study's module loaded and the data shared. */
export class PoolRunner implements Runner, Measurer {
  readonly concurrency: number
  readonly #pool: Piscina
  readonly #workerData: WorkerData

  constructor(workers: number, workerData: WorkerData) {
    this.concurrency = workers
    this.#workerData = workerData
    this.#pool = new Piscina({
      filename: new URL('./worker.js', import.meta.url).href,
      minThreads: workers,
      maxThreads: workers,
      idleTimeout: Number.POSITIVE_INFINITY,
      atomics: 'disabled',
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
      workerData,
    })
  }

  async run(job: FoldJob, hooks: FoldHooks, signal?: AbortSignal): Promise<FoldResult> {
    const started = performance.now()
    const { port1, port2 } = new MessageChannel()
    const answer = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
    const finished = new Promise<FoldResult>((resolve) => {
      port1.on('message', (message: ReportMessage) => {
        if (message.type === 'result') return resolve(message.result)
        const decision = hooks.onEpoch(message.epoch, message.metrics)
        Atomics.store(answer, 0, decision === 'stop' ? STOP : CONTINUE)
        Atomics.notify(answer, 0)
      })
    })
    const message: JobMessage = { job, port: port2, answer }
    try {
      const task = this.#pool.run(message, { transferList: [port2], ...(signal === undefined ? {} : { signal }) })
      // The task ends a moment before its last messages are read, so success is what the port says.
      return await Promise.race([finished, task.then(() => finished)])
    } catch (error) {
      signal?.throwIfAborted()
      return { status: 'failed', cause: lostWorker(error), durationMs: Math.round(performance.now() - started) }
    } finally {
      port1.close()
      trimHeap()
    }
  }

  async measure(task: MeasurementTask): Promise<Measured> {
    return measureCandidates(task, { safely: (safe) => this.#measureInThread(safe), apart: this.#workerData })
  }

  async #measureInThread(task: MeasurementTask): Promise<Measured> {
    try {
      return await this.#pool.run(task, { name: 'measure', signal: AbortSignal.timeout(MEASUREMENT_LIMIT_MS) })
    } catch (error) {
      return { points: [], measurements: failures(task.candidates, task.points.length, errorRecord(error).message) }
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy()
  }
}

function lostWorker(error: unknown) {
  const record = errorRecord(error)
  if (record.code !== undefined) return record
  return errorRecord(
    new TunerError('runner/worker-lost', `The worker ended before its job was done: ${record.message}`, {
      cause: error,
      hint: 'Look for process.exit or a native crash in the study; the trial can be run again.',
    }),
  )
}
