import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { type ErrorRecord, errorRecord, TunerError } from '../core/errors.ts'
import type { Isolation } from './backends/backend.ts'
import { JobClock } from './job-clock.ts'
import { lostThread } from './lost-worker.ts'
import { ANSWER, CONTINUE, type JobMessage, type Order, type ReportMessage, STOP, STOPPING } from './messages.ts'
import type { FoldHooks, FoldJob, FoldResult } from './runner.ts'
import { WorkerLog } from './worker-log.ts'

/** How long a job that nobody wants any more may go on until its next report, before its worker is ended. */
const GRACE_MS = 1000

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
  readonly #isolation: Isolation
  readonly #onOwner: (owner: MessagePort) => void
  readonly #clock: JobClock
  readonly #created = performance.now()
  #resolve: (result: FoldResult) => void = () => {}
  #reject: (error: unknown) => void = () => {}
  #settled = false
  #taken = false
  #grace: NodeJS.Timeout | undefined

  /** `onOwner` is given the port of a thread that owns a process, when it has its first job. */
  constructor(job: FoldJob, hooks: FoldHooks, isolation: Isolation, onOwner: (owner: MessagePort) => void) {
    this.#hooks = hooks
    this.#isolation = isolation
    this.#onOwner = onOwner
    this.#clock = new JobClock(job.limits ?? {}, (error) => this.#exceeded(error))
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
    if (this.#isolation === 'process') this.#port.postMessage('stop' satisfies Order)
    this.#grace = setTimeout(() => this.kill(), GRACE_MS)
  }

  /** Ends the worker, whatever it does. */
  kill(): void {
    if (this.#isolation === 'process' && this.#taken) this.#port.postMessage('kill' satisfies Order)
    else this.#abandon.abort()
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
      if (message.owner !== undefined) this.#onOwner(message.owner)
    } else if (message.type === 'epoch') {
      this.#answer(message.epoch, message.metrics)
    } else if (message.type === 'started') {
      if (!this.#settled) this.#clock.start()
    } else if (message.result.status === 'failed') {
      this.#fail(message.result.cause, message.result)
    } else if (this.#settle()) this.#resolve(message.result)
  }

  #answer(epoch: number, metrics: Readonly<Record<string, number>>): void {
    const decision = this.#settled ? 'stop' : this.#decide(epoch, metrics)
    Atomics.store(this.#control, ANSWER, decision === 'stop' ? STOP : CONTINUE)
    Atomics.notify(this.#control, ANSWER)
  }

  #decide(epoch: number, metrics: Readonly<Record<string, number>>): 'continue' | 'stop' {
    this.#clock.report(epoch)
    try {
      return this.#hooks.onEpoch(epoch, metrics)
    } catch (error) {
      this.stop(error)
      return 'stop'
    }
  }

  #exceeded(error: TunerError): void {
    this.#fail(error)
    this.kill()
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
    return true
  }
}
