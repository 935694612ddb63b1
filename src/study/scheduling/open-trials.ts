interface OpenTrial {
  /** Queued or running. */
  readonly folds: Set<number>
  readonly abort: AbortController
  isDecided: boolean
}

/** The trials under way: which of their folds are still to come, and the signals that end these. */
export class OpenTrials {
  readonly #study: AbortSignal
  readonly #trials = new Map<number, OpenTrial>()
  readonly #stop = () => {
    for (const { abort } of this.#trials.values()) abort.abort(this.#study.reason)
  }

  /** Every trial's signal aborts with the study's, for its reason. */
  constructor(study: AbortSignal) {
    this.#study = study
    study.addEventListener('abort', this.#stop)
  }

  begin(trial: number, folds: readonly number[]): void {
    const abort = new AbortController()
    this.#trials.set(trial, { folds: new Set(folds), abort, isDecided: false })
    if (this.#study.aborted) abort.abort(this.#study.reason)
  }

  /** Ends the running folds of a trial, when nobody needs them any more. */
  signal(trial: number): AbortSignal {
    return (this.#trials.get(trial) as OpenTrial).abort.signal
  }

  /** One fold has decided a trial: its other folds, of which some are queued, are not trained, or no further. */
  decide(trial: number, queued: readonly number[]): void {
    const open = this.#trials.get(trial)
    if (open === undefined) return
    for (const fold of queued) open.folds.delete(fold)
    open.isDecided = true
    open.abort.abort(new Error('Another fold has decided the trial.'))
  }

  /** No fold's result matters any more. */
  isDecided(trial: number): boolean {
    return this.#trials.get(trial)?.isDecided ?? true
  }

  /** The first fold that is still to come. */
  firstFold(trial: number): number {
    return Math.min(...(this.#trials.get(trial)?.folds ?? []))
  }

  /** Whether that was the last fold of the trial. */
  ended(trial: number, fold: number): boolean {
    const folds = this.#trials.get(trial)?.folds
    folds?.delete(fold)
    return folds?.size === 0
  }

  end(trial: number): void {
    this.#trials.delete(trial)
  }

  /** Lets go of the study's signal, which may outlive the study. */
  close(): void {
    this.#study.removeEventListener('abort', this.#stop)
  }
}
