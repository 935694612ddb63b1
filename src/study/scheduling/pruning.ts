import { TunerError } from '../../core/errors.ts'
import type { TrialRecord } from '../../core/trial.ts'
import type { Pruner } from '../../tuners/pruner.ts'
import type { Tuner } from '../../tuners/tuner.ts'
import type { Observer } from './observation.ts'

export interface PruningOptions {
  readonly pruner: Pruner
  readonly observer: Observer
  /** Trials under way at most in a deterministic study; absent: the pruner sees whatever there is. */
  readonly window?: number | undefined
}

/**
 * Asks a pruner about trials. In a deterministic study it sees those that had finished when a trial was proposed, and a
 * trial's folds are trained one after another, so that what is stopped does not depend on time.
 */
export class Pruning {
  readonly #options: PruningOptions

  /** Throws `study/bad-definition` for what cannot be deterministic. */
  constructor(options: PruningOptions, { name, capabilities }: Pick<Tuner, 'name' | 'capabilities'>) {
    this.#options = options
    if (options.window === undefined || !capabilities.budgets) return
    throw new TunerError(
      'study/bad-definition',
      `A pruner beside ${name} cannot be deterministic: both stop trials, which then are stopped at other times.`,
      { hint: `Leave out the pruner, which ${name} hardly needs, or deterministic.` },
    )
  }

  /** Whether a trial's fold waits until those before it have ended. */
  get inOrder(): boolean {
    return this.#options.window !== undefined
  }

  /** After an epoch of one fold of a trial, the last of its curve. */
  decide(trials: readonly TrialRecord[], trial: TrialRecord, fold: number): 'continue' | 'stop' {
    const { pruner, observer, window } = this.#options
    const visible = window === undefined ? trials : trials.slice(0, Math.max(0, trial.number - window + 1))
    const others = visible.filter(({ number }) => number !== trial.number).map((other) => observer.observe(other))
    const curve = trial.folds.find((candidate) => candidate.fold === fold)?.curve ?? []
    const moment = { fold, epoch: curve.length, value: observer.valueOf(curve.at(-1) ?? {}) }
    return pruner.decide(observer.observe(trial), moment, others)
  }
}
