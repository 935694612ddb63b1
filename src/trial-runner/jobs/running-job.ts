import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { type ErrorRecord, errorRecord, TunerError } from '../../core/errors.ts'
import type { Isolation } from '../backends/backend.ts'
import type { FoldHooks, FoldJob, FoldResult } from '../runner.ts'
import { JobClock } from './job-clock.ts'
import { type JobMemory, ProcessMemory, ThreadMemory } from './job-memory.ts'
import { lostThread } from './lost-worker.ts'
import {
  ANSWER,
  CONTINUE,
  type EpochReport,
  type JobMessage,
  type Order,
  type ReportMessage,
  STOP,
  STOPPING,
} from './messages.ts'
import type { ThreadsMemory } from './threads-memory.ts'
import { WorkerLog } from './worker-log.ts'

/** How long a job that nobody wants any more may go on until its next report, before its worker is ended. */
const GRACE_MS = { loading: 10_000, training: 1000 }

/** What the jobs of one pool have in common. */
export interface JobContext {
  readonly isolation: Isolation
  readonly threads: ThreadsMemory
  /** Given the port of a thread that owns a process, when it has its first job. */
  onOwner(owner: MessagePort): void
}

/** One job of the pool, seen from the pool: hears what the worker reports, answers, and ends it where it must. */
export class RunningJob {
  /** How the job ended; rejects where it was stopped, or a hook threw. */
  readonly ended: Promise<FoldResult>
  readonly message: JobMessage
  readonly #abandon = new AbortController()
  readonly #port: MessagePort
  readonly #control = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT))
  readonly #log = new WorkerLog()
  readonly #hooks: FoldHooks
  readonly #context: JobContext
  readonly #clock: JobClock
  readonly #memory: JobMemory | undefined
  readonly #created = performance.now()
  #resolve: (result: FoldResult) => void = () => {}
  #reject: (error: unknown) => void = () => {}
  #settled = false
  #taken = false
  #started = false
  #grace: NodeJS.Timeout | undefined

  constructor(job: FoldJob, hooks: FoldHooks, context: JobContext) {
    this.#hooks = hooks
    this.#context = context
    const exceeded = (error: TunerError) => {
      this.#fail(error)
      this.kill()
    }
    const { limits = {} } = job
    this.#clock = new JobClock(limits, exceeded)
    if (limits.memoryBytes !== undefined) {
      this.#memory =
        context.isolation === 'process'
          ? new ProcessMemory(limits.memoryBytes, exceeded)
          : new ThreadMemory(limits.memoryBytes, context.threads, exceeded)
    }
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    port1.on('message', (message: ReportMessage) => this.#hear(message))
    this.message = { job, port: port2, control: this.#control, log: this.#log.memory }
    this.ended = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  /** Takes the job out of the pool's queue, or ends the thread that has it. */
  get abandoned(): AbortSignal {
    return this.#abandon.signal
  }

  /** No worker has it yet. */
  get waits(): boolean {
    return !this.#taken
  }

  /** Nobody wants the job any more: no further epoch is reported, and the worker is free soon. */
  stop(reason: unknown): void {
    if (!this.#settle()) return
    this.#reject(reason)
    Atomics.store(this.#control, STOPPING, 1)
    if (!this.#taken) {
      this.#abandon.abort()
      return
    }
    if (this.#context.isolation === 'process') this.#port.postMessage('stop' satisfies Order)
    this.#grace = setTimeout(() => this.kill(), GRACE_MS[this.#started ? 'training' : 'loading'])
  }

  /** Ends the worker, whatever it does. */
  kill(): void {
    if (this.#context.isolation === 'process' && this.#taken) this.#port.postMessage('kill' satisfies Order)
    else this.#abandon.abort()
  }

  /** No worker will have it. */
  lost(error: unknown): void {
    this.#fail(lostThread(error))
    this.#abandon.abort()
  }

  /** The worker is done with the job, or has ended; `error` says why the latter. Its last messages may lie unread. */
  released(error?: unknown): void {
    for (;;) {
      const unread = receiveMessageOnPort(this.#port)
      if (unread === undefined) break
      this.#hear(unread.message)
    }
    this.#fail(lostThread(error))
    clearTimeout(this.#grace)
    this.#port.close()
  }

  #hear(message: ReportMessage): void {
    if (message.type === 'taken') {
      this.#taken = true
      if (message.owner !== undefined) this.#context.onOwner(message.owner)
    } else if (message.type === 'epochs') {
      this.#answer(message)
    } else if (message.type === 'started') {
      this.#started = true
      if (!this.#settled) this.#start(message.memory, message.pid)
    } else if (message.result.status === 'failed') {
      this.#fail(message.result.cause, message.result)
    } else if (this.#settle()) this.#resolve(message.result)
  }

  #start(memory: number, pid: number | undefined): void {
    this.#clock.start()
    this.#memory?.start(memory, pid)
  }

  #answer(report: EpochReport): void {
    const decision = this.#settled ? 'stop' : this.#decide(report)
    Atomics.store(this.#control, ANSWER, decision === 'stop' ? STOP : CONTINUE)
    Atomics.notify(this.#control, ANSWER)
  }

  #decide({ epochs, memory }: EpochReport): 'continue' | 'stop' {
    let decision: 'continue' | 'stop' = 'continue'
    try {
      for (const { epoch, metrics } of epochs) {
        this.#clock.report(epoch)
        decision = this.#hooks.onEpoch(epoch, metrics)
        if (this.#settled) return 'stop'
      }
      if (memory !== undefined) this.#memory?.report(memory)
      return decision
    } catch (error) {
      this.stop(error)
      return 'stop'
    }
  }

  #fail(why: TunerError | ErrorRecord, result: Partial<FoldResult> = {}): void {
    if (!this.#settle()) return
    const log = this.#log.tail()
    const cause = { ...(why instanceof TunerError ? errorRecord(why) : why), ...(log === '' ? {} : { log }) }
    const durationMs = Math.round(performance.now() - this.#created)
    this.#resolve({ ...result, status: 'failed', cause, durationMs: result.durationMs || durationMs })
  }

  /** True once: whatever comes first decides how the job ended. */
  #settle(): boolean {
    if (this.#settled) return false
    this.#settled = true
    this.#clock.stop()
    this.#memory?.stop()
    return true
  }
}
