import type { FoldRecord } from '../core/trial.ts'

/** From this much training on, a rate says something. */
const TELLING_MS = 1000

/** How fast epochs go by, and how many a fold takes: early stopping makes it fewer than were asked for. */
export class WorkRate {
  #epochs = 0
  #firstAt: number | undefined
  #foldEpochs = 0
  #folds = 0
  #foldsOfThisRun = 0

  /** `earlier`: what earlier runs of the study have trained. */
  constructor(earlier: readonly FoldRecord[]) {
    for (const fold of earlier) this.#learn(fold)
  }

  epochFinished(now: number): void {
    // The first one only starts the watch: loading the engine came before it.
    if (this.#firstAt === undefined) this.#firstAt = now
    else this.#epochs++
  }

  foldFinished(fold: FoldRecord | undefined): void {
    if (fold === undefined) return
    this.#learn(fold)
    this.#foldsOfThisRun++
  }

  /** Time for so many epochs; undefined: cannot tell yet. */
  epochsMs(epochs: number, now: number): number | undefined {
    const spent = now - (this.#firstAt ?? now)
    return this.#epochs === 0 || spent < TELLING_MS ? undefined : (epochs * spent) / this.#epochs
  }

  /** Time for so many folds, and for the rest of those that have trained so many epochs; undefined: cannot tell yet. */
  leftMs(fresh: number, trained: readonly number[], now: number): number | undefined {
    if (this.#folds === 0 || this.#foldsOfThisRun === 0) return undefined
    const usual = this.#foldEpochs / this.#folds
    const epochs = trained.reduce((sum, count) => sum + Math.max(usual - count, 0), fresh * usual)
    return this.epochsMs(epochs, now)
  }

  #learn({ status, curve }: FoldRecord): void {
    if (status === 'running' || curve.length === 0) return
    this.#foldEpochs += curve.length
    this.#folds++
  }
}
