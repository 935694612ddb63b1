import { TunerError } from '../../core/errors.ts'
import type { JobLimits } from '../runner.ts'

/** Longest delay that timers take. */
const FOREVER = 2 ** 31 - 1

/** Watches the time of one job from outside its worker, which may hang. */
export class JobClock {
  readonly #limits: JobLimits
  readonly #onLimit: (error: TunerError) => void
  readonly #timers = new Map<'epoch' | 'job', NodeJS.Timeout>()
  #epochs = 0

  /** `onLimit` is called at most once for each limit. */
  constructor(limits: JobLimits, onLimit: (error: TunerError) => void) {
    this.#limits = limits
    this.#onLimit = onLimit
  }

  start(): void {
    this.#watch('job', this.#limits.jobMs)
    this.#watch('epoch', this.#limits.epochMs)
  }

  report(epoch: number): void {
    this.#epochs = epoch
    this.#watch('epoch', this.#limits.epochMs)
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }

  #watch(what: 'epoch' | 'job', limit: number | undefined): void {
    if (limit === undefined) return
    clearTimeout(this.#timers.get(what))
    const timer = setTimeout(
      () =>
        // This thread may have been busy itself: reports that lie here unread come first, and stop this.
        setImmediate(() => {
          if (this.#timers.get(what) === timer) this.#onLimit(this.#tooLong(what, limit))
        }),
      Math.min(limit, FOREVER),
    )
    this.#timers.set(what, timer)
  }

  #tooLong(what: 'epoch' | 'job', limit: number): TunerError {
    const after = this.#epochs === 0 ? 'no epoch was reported' : `the last report was of epoch ${this.#epochs}`
    const message =
      what === 'epoch'
        ? `No report came for ${limit} ms, the limit of an epoch; ${after}.`
        : `The fold took longer than its limit of ${limit} ms; ${after}.`
    return new TunerError('runner/timeout', message, {
      hint: 'Raise the limit if training may take that long; otherwise look for what hangs.',
    })
  }
}
