/** Takes the time of each epoch of a training until the time for it is used up. */
export class EpochClock {
  readonly #budgetMs: number
  readonly #started = performance.now()
  readonly #ends: number[] = []

  constructor(budgetMs: number) {
    this.#budgetMs = budgetMs
  }

  /** To be called after each epoch. The first one warms up and does not count, so there are two at least. */
  epoch(): 'continue' | 'stop' {
    const now = performance.now()
    this.#ends.push(now)
    return this.#ends.length > 1 && now - this.#started > this.#budgetMs ? 'stop' : 'continue'
  }

  /** Mean of an epoch, and what the first one took beyond it. */
  get result(): { readonly setupSeconds: number; readonly epochSeconds: number } {
    const [first = Number.NaN] = this.#ends
    const last = this.#ends.at(-1) ?? Number.NaN
    const epochSeconds = (last - first) / (this.#ends.length - 1) / 1e3
    return { epochSeconds, setupSeconds: Math.max(0, (first - this.#started) / 1e3 - epochSeconds) }
  }
}
