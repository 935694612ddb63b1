import { TunerError } from '../../core/errors.ts'
import { checkWhole } from '../check-option.ts'
import { FreshSampler } from '../fresh-sample.ts'
import { halvingsWithin, rungEpochs } from '../hyperband/plan.ts'
import { largestBudget } from '../largest-budget.ts'
import type { TunerSpec } from '../tuner.ts'
import { AshaTuner, type AshaVariant } from './tuner.ts'

export interface AshaOptions {
  /** How many new configurations at most. Default 100. */
  readonly trials?: number
  /** The epochs of the longest trials. Default: the study's epochs. */
  readonly maxEpochs?: number
  /** No trial is judged on fewer epochs. Rungs are `maxEpochs`, a `factor`th of it, and so on, down to this. Default 1. */
  readonly minEpochs?: number
  /** One in `factor` trials goes on, to `factor` times the epochs; a whole number from 2. Default 3. */
  readonly factor?: number
  /**
   * `promotion` (default) lets a trial wait and go on once it is among the best of its rung; `stopping` decides as soon
   * as its result is in, and keeps no checkpoint for long.
   */
  readonly variant?: AshaVariant
}

/**
 * Asynchronous successive halving (Li et al., "A System for Massively Parallel Hyperparameter Tuning", MLSys 2020):
 * random configurations, of which the best of each rung go on to the next without waiting for the others. Trials that
 * go on are continued, never restarted. Throws `tuner/bad-option`.
 */
export function asha(options: AshaOptions = {}): TunerSpec {
  const { trials = 100, minEpochs = 1, factor = 3, variant = 'promotion' } = options
  checkWhole({ of: 'asha', option: 'trials', value: trials, min: 1 })
  checkWhole({ of: 'asha', option: 'minEpochs', value: minEpochs, min: 1 })
  checkWhole({ of: 'asha', option: 'factor', value: factor, min: 2 })
  if (variant !== 'promotion' && variant !== 'stopping') {
    throw new TunerError('tuner/bad-option', `asha: variant is ${String(variant)}; expected "promotion" or "stopping".`)
  }
  const json = { name: 'asha', options: { ...options } }
  return {
    ...json,
    create(context) {
      const maxEpochs = largestBudget('asha', options.maxEpochs, context)
      checkWhole({ of: 'asha', option: 'minEpochs', value: minEpochs, min: 1, max: maxEpochs })
      const rungs = rungEpochs(maxEpochs, factor, halvingsWithin(maxEpochs, factor, minEpochs))
      return new AshaTuner({ json, context, sampler: new FreshSampler(context.space), rungs, factor, trials, variant })
    },
  }
}
