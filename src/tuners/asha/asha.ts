import { TunerError } from '../../core/errors.ts'
import { largestBudget } from '../largest-budget.ts'
import { checkOptions, wholeNumber } from '../options.ts'
import type { TunerSpec } from '../tuner.ts'
import { AshaTuner, type AshaVariant } from './tuner.ts'

export interface AshaOptions {
  /** How many new configurations at most. Default 100. */
  readonly trials?: number
  /** The epochs of the longest trials. Default: the study's epochs. */
  readonly maxEpochs?: number
  /** The epochs of the first rung, on which all trials are compared. Default 1. */
  readonly minEpochs?: number
  /**
   * One in `factor` trials goes on, to `factor` times the epochs; a whole number from 2. Default 2: where curves cross or
   * diverge late, few epochs mislead, and more gentle steps forgive it.
   */
  readonly factor?: number
  /**
   * `promotion` (default) lets a trial wait and go on once it is among the best of its rung; `stopping` compares it with
   * the trials before it alone, so that it mostly goes on at once or never, and few checkpoints are kept for long.
   */
  readonly variant?: AshaVariant
}

/**
 * Asynchronous successive halving (Li et al., "A System for Massively Parallel Hyperparameter Tuning", MLSys 2020):
 * random configurations, of which the best of each rung go on to the next without waiting for the others. Rungs are at
 * `minEpochs`, `factor` times as many, and so on, the last one at `maxEpochs`. Trials that go on are continued, never
 * restarted. While workers would wait for the last long trials, runners-up go on, in shorter steps than those; so the
 * trials and epochs of a study depend a little on the number of workers. Throws `tuner/bad-option`.
 */
export function asha(options: AshaOptions = {}): TunerSpec {
  const { trials = 100, minEpochs = 1, factor = 2, variant = 'promotion' } = options
  const checked = checkOptions('asha', options, {
    trials: wholeNumber(1),
    maxEpochs: wholeNumber(1),
    minEpochs: wholeNumber(1),
    factor: wholeNumber(2),
    variant: { expected: '"promotion" or "stopping"', holds: (value) => value === 'promotion' || value === 'stopping' },
  })
  const json = { name: 'asha', options: checked }
  return {
    ...json,
    create(context) {
      const maxEpochs = largestBudget('asha', options.maxEpochs, context)
      const rungs = ashaRungs(minEpochs, maxEpochs, factor)
      return new AshaTuner({ json, context, rungs, factor, trials, variant })
    },
  }
}

function ashaRungs(minEpochs: number, maxEpochs: number, factor: number): number[] {
  if (minEpochs > maxEpochs) {
    throw new TunerError(
      'tuner/bad-option',
      `Option minEpochs of asha: expected at most maxEpochs, ${maxEpochs}, got ${minEpochs}.`,
      { hint: 'Lower minEpochs, or raise epochs in training.' },
    )
  }
  const rungs: number[] = []
  for (let epochs = minEpochs; epochs < maxEpochs; epochs *= factor) rungs.push(epochs)
  return [...rungs, maxEpochs]
}
