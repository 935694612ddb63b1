import type { Params } from '../../core/params.ts'
import type { Space } from '../../search-space/space.ts'
import type { Circumstances } from '../fresh-proposals.ts'
import { rungValue } from '../rung-value.ts'
import { TpeModel, type TpeModelOptions } from '../tpe/model.ts'
import type { Evaluated } from '../tpe/split.ts'
import type { History, Observation } from '../tuner.ts'

/** TPE's model of what trials were like at one budget: the largest one that enough of them have reached. */
export class BudgetModel {
  readonly #space: Space
  readonly #model: TpeModel
  /** Epochs, the largest first. */
  readonly #budgets: readonly number[]
  /** Fewer results than this do not make a model. */
  readonly #enough: number
  readonly #points = new WeakMap<Observation, Float64Array>()

  constructor(space: Space, budgets: readonly number[], enough: number, options: TpeModelOptions) {
    this.#space = space
    this.#model = new TpeModel(space, options)
    this.#budgets = [...new Set(budgets)].sort((a, b) => b - a)
    this.#enough = enough
  }

  /** A proposal that is not `taken`, or undefined where there is nothing to learn from or nothing new to propose. */
  propose({ history, batch, random, taken }: Circumstances): Params | undefined {
    const budget = this.#budgets.find((epochs) => this.#countResults(history, epochs) >= this.#enough)
    if (budget === undefined) return undefined
    const trials = history.flatMap((trial) => this.#evaluated(trial, budget))
    const unknown = batch.map((params) => ({ ...nothingKnown, point: this.#space.encode(params) }))
    return this.#model.propose([...trials, ...unknown], random, taken)
  }

  #countResults(history: History, epochs: number): number {
    let count = 0
    for (const trial of history) if (hasReached(trial, epochs)) count++
    return count
  }

  /** Failed trials and those under way count as bad; what was stopped short of the budget does not count. */
  #evaluated(trial: Observation, budget: number): Evaluated[] {
    const isReached = hasReached(trial, budget)
    if (!isReached && trial.status !== 'failed' && trial.status !== 'pending') return []
    const point = this.#points.get(trial) ?? this.#space.encode(trial.params)
    this.#points.set(trial, point)
    return isReached ? [{ point, tier: 0, loss: rungValue(trial, budget) }] : [{ ...nothingKnown, point }]
  }
}

const nothingKnown = { tier: 1, loss: Number.POSITIVE_INFINITY }

/** Whether a trial has a result at a budget; one that stopped early by itself has its result at all up to its own. */
function hasReached({ status, epochs, curve, folds }: Observation, budget: number): boolean {
  if (status === 'complete' && epochs >= budget) return true
  const trained = folds.length > 0 ? Math.min(...folds.map((fold) => fold.length)) : curve.length
  return status !== 'failed' && trained >= budget
}
