import { checkWhole } from '../check-option.ts'
import { FreshSampler } from '../fresh-sample.ts'
import { largestBudget } from '../largest-budget.ts'
import type { TunerSpec } from '../tuner.ts'
import { hyperbandPlan } from './plan.ts'
import { HyperbandTuner } from './tuner.ts'

export interface HyperbandOptions {
  /** The epochs of the longest trials. Default: the study's epochs. */
  readonly maxEpochs?: number
  /** One in `factor` trials goes on, to `factor` times the epochs; a whole number from 2. Default 3. */
  readonly factor?: number
  /** How often all brackets are run. Default 1. */
  readonly iterations?: number
}

/**
 * Hyperband (Li et al., JMLR 2018): random configurations in brackets of successive halving, from many short trials to
 * few long ones; {@link hyperbandPlan} is the table. Trials that go on are continued, never restarted. It ends after
 * its brackets. Throws `tuner/bad-option`.
 */
export function hyperband(options: HyperbandOptions = {}): TunerSpec {
  const { factor = 3, iterations = 1, maxEpochs } = options
  checkWhole({ of: 'hyperband', option: 'factor', value: factor, min: 2 })
  checkWhole({ of: 'hyperband', option: 'iterations', value: iterations, min: 1 })
  const json = { name: 'hyperband', options: { ...options } }
  return {
    ...json,
    create(context) {
      const sampler = new FreshSampler(context.space)
      return new HyperbandTuner({
        json,
        plan: hyperbandPlan(largestBudget('hyperband', maxEpochs, context), factor),
        iterations,
        propose: (history) => {
          const taken = sampler.taken(history)
          return (number) => sampler.draw(context.random.split(number), taken)
        },
      })
    },
  }
}
