import { FreshProposals } from '../fresh-proposals.ts'
import { type HyperbandOptions, hyperbandRules } from '../hyperband/hyperband.ts'
import { hyperbandPlan, repeated } from '../hyperband/plan.ts'
import { HyperbandTuner } from '../hyperband/tuner.ts'
import { largestBudget } from '../largest-budget.ts'
import { checkOptions, numberAbove, numberWithin, wholeNumber } from '../options.ts'
import type { TunerSpec } from '../tuner.ts'
import { BudgetModel } from './budget-model.ts'

export interface BohbOptions extends HyperbandOptions {
  /** The share of new trials that are drawn uniformly all the same. Default 1/3. */
  readonly randomFraction?: number
  /** So many results at a budget make a model. Default: the dimensions of the space and 3. */
  readonly startup?: number
  /** Draws from the good density a proposal, of which the best is taken. Default 64. */
  readonly candidates?: number
  /** The share of results that count as good. Default 0.15. */
  readonly gamma?: number
}

/**
 * BOHB (Falkner et al., "BOHB: Robust and Efficient Hyperparameter Optimization at Scale", ICML 2018): the brackets of
 * {@link hyperband}, with new configurations from TPE's model of the results at the largest budget that has enough of
 * them. The density estimators are those of the tuner `tpe`, not the paper's. Throws `tuner/bad-option`.
 */
export function bohb(options: BohbOptions = {}): TunerSpec {
  const rules = {
    ...hyperbandRules,
    randomFraction: numberWithin(0, 1),
    startup: wholeNumber(1),
    candidates: wholeNumber(1),
    gamma: numberAbove(0, 0.5),
  }
  const json = { name: 'bohb', options: checkOptions('bohb', options, rules) }
  const { factor = 3, iterations = 1, randomFraction = 1 / 3, candidates = 64, gamma = 0.15 } = options
  return {
    ...json,
    plan: (epochs) => repeated(hyperbandPlan(options.maxEpochs ?? epochs, factor), iterations),
    create(context) {
      const { space } = context
      const plan = hyperbandPlan(largestBudget('bohb', options.maxEpochs, context), factor)
      const budgets = plan.flat().map(({ epochs }) => epochs)
      const enough = options.startup ?? space.dimensions.length + 3
      const model = new BudgetModel(space, budgets, enough, { candidates, gamma })
      const proposals = new FreshProposals(context, (circumstances) =>
        circumstances.random.next() < randomFraction ? undefined : model.propose(circumstances),
      )
      return new HyperbandTuner({ json, plan, iterations, proposals })
    },
  }
}
