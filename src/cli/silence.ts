/** Nobody is surprised by less, nor by less than so many times the longest pause that there has been. */
const AT_LEAST_MS = 60_000
const TIMES = 10
/** As long as no epoch has been reported: the first takes longer, and nobody knows how long. */
const FIRST_MS = 300_000

/** Tells which folds in training have reported nothing for a surprising time. */
export class Silence {
  /** When each fold in training, by `trial/fold`, was heard of last. */
  readonly #heard = new Map<string, number>()
  #longest = 0
  #hasEpoch = false

  started(fold: string, now: number): void {
    this.#heard.set(fold, now)
  }

  epochFinished(fold: string, now: number): void {
    this.#longest = Math.max(this.#longest, now - (this.#heard.get(fold) ?? now))
    this.#hasEpoch = true
    this.#heard.set(fold, now)
  }

  /** It is not in training any more. */
  ended(fold: string): void {
    this.#heard.delete(fold)
  }

  isActive(fold: string): boolean {
    return this.#heard.has(fold)
  }

  /** For how long there has been no report, if that is surprising. */
  of(fold: string, now: number): number | undefined {
    const silent = now - (this.#heard.get(fold) ?? now)
    const usual = this.#hasEpoch ? Math.max(AT_LEAST_MS, TIMES * this.#longest) : FIRST_MS
    return silent > usual ? silent : undefined
  }
}
