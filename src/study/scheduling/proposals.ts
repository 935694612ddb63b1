import type { TrialRecord } from '../../core/trial.ts'
import type { Suggestion, Tuner } from '../../tuners/tuner.ts'
import type { Observer } from './observation.ts'

export interface ProposalsOptions {
  readonly tuner: Tuner
  readonly observer: Observer
  /** Trials under way at most in a deterministic study; absent: the tuner sees whatever has finished. */
  readonly window?: number | undefined
  /** Why nothing more should be proposed, in words; undefined while something should. */
  readonly stop?: (trials: readonly TrialRecord[]) => string | undefined
}

/** What to do next, by a tuner that is shown as much of the study as it may see. */
export class Proposals {
  readonly #options: ProposalsOptions
  #tuner: Tuner
  #stopped: string | undefined

  constructor(options: ProposalsOptions) {
    this.#options = options
    this.#tuner = options.tuner
  }

  /** Whether trials may go on later, so that their state must be kept. */
  get continuesTrials(): boolean {
    return this.#tuner.capabilities.budgets
  }

  /** The finished trials that may go on later: none of a tuner that continues none. */
  mayContinue(trials: readonly TrialRecord[]): ReadonlySet<number> {
    if (!this.continuesTrials) return new Set()
    const history = trials.map((trial) => this.#options.observer.observe(trial))
    return new Set(this.#tuner.mayContinue?.(history) ?? trials.keys())
  }

  /** The rule that ended the study before its tuner did, in words. */
  get stopped(): string | undefined {
    return this.#stopped
  }

  /** Goes on with another tuner: the space has grown. */
  retune(tuner: Tuner): void {
    this.#tuner = tuner
  }

  /** None: not before a running trial has finished; or, with none running, never again. */
  next(trials: readonly TrialRecord[]): Suggestion[] {
    const { window, stop } = this.#options
    this.#stopped ??= stop?.(trials)
    if (this.#stopped !== undefined) return []
    if (window === undefined) return this.#suggest(trials, trials.length, 1)
    return this.continuesTrials ? this.#nextRound(trials, window) : this.#nextInWindow(trials, window)
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
    const { observer } = this.#options
    const history = trials.map((trial, i) => (i < visible ? observer.observe(trial) : observer.conceal(trial)))
    return this.#tuner.suggest(history, count)
  }
}
