import { FreshProposals } from '../fresh-proposals.ts'
import { largestBudget } from '../largest-budget.ts'
import { checkOptions, type OptionRules, wholeNumber } from '../options.ts'
import type { TunerSpec } from '../tuner.ts'
import { hyperbandPlan, repeated } from './plan.ts'
import { HyperbandTuner } from './tuner.ts'

export interface HyperbandOptions {
  /** The epochs of the longest trials. Default: the study's epochs. */
  readonly maxEpochs?: number
  /** One in `factor` trials goes on, to `factor` times the epochs; a whole number from 2. Default 3. */
  readonly factor?: number
  /** How often all brackets are run. Default 1. */
  readonly iterations?: number
}

export const hyperbandRules: OptionRules<HyperbandOptions> = {
  maxEpochs: wholeNumber(1),
  factor: wholeNumber(2),
  iterations: wholeNumber(1),
}

/**
 * Hyperband (Li et al., "Hyperband: A Novel Bandit-Based Approach to Hyperparameter Optimization", JMLR 2018): random
 * configurations in brackets of successive halving, from many short trials to few long ones; {@link hyperbandPlan} is
 * the table. Trials that go on are continued, never restarted, and brackets overlap so that nobody waits for the last
 * result of a rung. It ends after its brackets. Throws `tuner/bad-option`.
 */
export function hyperband(options: HyperbandOptions = {}): TunerSpec {
  const json = { name: 'hyperband', options: checkOptions('hyperband', options, hyperbandRules) }
  const { factor = 3, iterations = 1 } = options
  return {
    ...json,
    plan: (epochs) => repeated(hyperbandPlan(options.maxEpochs ?? epochs, factor), iterations),
    create(context) {
      const plan = hyperbandPlan(largestBudget('hyperband', options.maxEpochs, context), factor)
      return new HyperbandTuner({ json, plan, iterations, proposals: new FreshProposals(context) })
    },
  }
}
