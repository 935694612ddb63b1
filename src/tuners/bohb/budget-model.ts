import type { Params } from '../../core/params.ts'
import type { Space } from '../../search-space/space.ts'
import type { Circumstances } from '../fresh-proposals.ts'
import { rungValue } from '../rung-value.ts'
import { noResult } from '../standing.ts'
import { Evaluations } from '../tpe/evaluations.ts'
import { TpeModel, type TpeModelOptions } from '../tpe/model.ts'
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
    const trials = new Evaluations(this.#space.dimensions.length)
    for (const trial of history) this.#take(trials, trial, budget)
    for (const params of batch) trials.push(this.#space.encode(params), noResult)
    return this.#model.propose(trials, random, taken)
  }

  #countResults(history: History, epochs: number): number {
    let count = 0
    for (const trial of history) if (hasReached(trial, epochs)) count++
    return count
  }

  /** Failed trials and those under way count as bad; what was stopped short of the budget does not count. */
  #take(trials: Evaluations, trial: Observation, budget: number): void {
    const isReached = hasReached(trial, budget)
    if (!isReached && trial.status !== 'failed' && trial.status !== 'pending') return
    const point = this.#points.get(trial) ?? this.#space.encode(trial.params)
    this.#points.set(trial, point)
    trials.push(point, isReached ? { tier: 0, loss: rungValue(trial, budget) } : noResult)
  }
}

/** Whether a trial has a result at a budget; one that stopped early by itself has its result at all up to its own. */
function hasReached({ status, epochs, curve, folds }: Observation, budget: number): boolean {
  if (status === 'complete' && epochs >= budget) return true
  const trained = folds.length > 0 ? Math.min(...folds.map((fold) => fold.length)) : curve.length
  return status !== 'failed' && trained >= budget
}
