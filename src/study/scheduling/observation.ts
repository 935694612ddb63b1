import type { Objective } from '../../core/study.ts'
import type { TrialRecord } from '../../core/trial.ts'
import { meanCurve } from '../../cv/aggregate.ts'
import type { Observation } from '../../tuners/tuner.ts'

/** Trials as tuners see them: lower is better, whatever the study's direction. One object a record, made once. */
export class Observer {
  readonly #objective: Objective
  readonly #seen = new WeakMap<TrialRecord, Observation>()
  readonly #hidden = new WeakMap<TrialRecord, Observation>()

  constructor(objective: Objective) {
    this.#objective = objective
  }

  observe(trial: TrialRecord): Observation {
    return remember(this.#seen, trial, () => {
      const folds = trial.folds.map(({ curve }) => curve.map((metrics) => this.#lower(metrics[this.#objective.metric])))
      const { number, params, epochs, note } = trial
      return {
        number,
        params,
        epochs,
        note,
        status: trial.status === 'running' ? 'pending' : trial.status === 'diverged' ? 'failed' : trial.status,
        value: trial.value === undefined ? undefined : this.#lower(trial.value),
        curve: meanCurve(folds),
        folds,
      }
    })
  }

  /** A trial whose results are not to be known yet. */
  conceal(trial: TrialRecord): Observation {
    return remember(this.#hidden, trial, () => {
      const { number, params, epochs, note } = trial
      return { number, params, epochs, note, status: 'pending', value: undefined, curve: [], folds: [] }
    })
  }

  /** The objective's value in epoch metrics, lower is better; NaN where it is absent. */
  valueOf(metrics: Readonly<Record<string, number>>): number {
    return this.#lower(metrics[this.#objective.metric])
  }

  #lower(value: number | undefined): number {
    if (value === undefined) return Number.NaN
    return this.#objective.direction === 'minimize' ? value : -value
  }
}

function remember(cache: WeakMap<TrialRecord, Observation>, trial: TrialRecord, make: () => Observation): Observation {
  const known = cache.get(trial)
  if (known !== undefined) return known
  const made = make()
  cache.set(trial, made)
  return made
}
