import type { TrialRecord } from '../core/trial.ts'
import type { Suggestion, Tuner } from '../tuners/tuner.ts'
import type { Observer } from './observation.ts'

/** What to do next, by a tuner that is shown as much of the study as it may see. */
export class Proposals {
  readonly #tuner: Tuner
  readonly #observer: Observer
  readonly #window: number | undefined

  /** `window`: trials under way at most in a deterministic study; undefined: the tuner sees whatever has finished. */
  constructor(tuner: Tuner, observer: Observer, window: number | undefined) {
    this.#tuner = tuner
    this.#observer = observer
    this.#window = window
  }

  /** Whether trials may go on later, so that their state must be kept. */
  get continuesTrials(): boolean {
    return this.#tuner.capabilities.budgets
  }

  /** None: not before a running trial has finished; or, with none running, never again. */
  next(trials: readonly TrialRecord[]): Suggestion[] {
    if (this.#window === undefined) return this.#suggest(trials, trials.length, 1)
    return this.continuesTrials ? this.#nextRound(trials, this.#window) : this.#nextInWindow(trials, this.#window)
  }

  /** Proposals for trial n depend on trials 0 .. n - window and on which came after, not on how far those are. */
  #nextInWindow(trials: readonly TrialRecord[], window: number): Suggestion[] {
    const visible = Math.max(0, trials.length - window + 1)
    if (trials.slice(0, visible).some(({ status }) => status === 'running')) return []
    return this.#suggest(trials, visible, 1)
  }

  /** Trials that continue change what is known of earlier ones, so proposals come in rounds, each seeing all before. */
  #nextRound(trials: readonly TrialRecord[], window: number): Suggestion[] {
    if (trials.some(({ status }) => status === 'running')) return []
    return this.#suggest(trials, trials.length, window)
  }

  #suggest(trials: readonly TrialRecord[], visible: number, count: number): Suggestion[] {
    const history = trials.map((trial, i) =>
      i < visible ? this.#observer.observe(trial) : this.#observer.conceal(trial),
    )
    return this.#tuner.suggest(history, count)
  }
}
