import { TunerError } from '../../core/errors.ts'
import { checkOptions, numberWithin } from '../options.ts'
import type { Pruner } from '../pruner.ts'
import { isJudged, type JudgedEpochs, judgedEpochsRules } from './judged-epochs.ts'

export interface ThresholdPrunerOptions extends JudgedEpochs {
  /** Stop below this value: too good to be true. */
  readonly lower?: number
  /** Stop above this value. One of the two is needed. */
  readonly upper?: number
}

/**
 * Stops a trial whose objective leaves a range or is NaN. The bounds are of the objective as it is minimized: with its
 * sign turned where the study maximizes. Throws `tuner/bad-option`.
 */
export function thresholdPruner(options: ThresholdPrunerOptions): Pruner {
  const name = 'thresholdPruner'
  const any = numberWithin(-Number.MAX_VALUE, Number.MAX_VALUE)
  const bound = { ...any, expected: 'a finite number' }
  const checked = checkOptions(name, options, { ...judgedEpochsRules, lower: bound, upper: bound }, [])
  const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = options
  if (lower > upper || (options.lower === undefined && options.upper === undefined)) {
    throw new TunerError(
      'tuner/bad-option',
      `Options lower and upper of ${name}: expected at least one of them, and lower <= upper, got ${options.lower} and ${options.upper}.`,
      { hint: 'Write it like thresholdPruner({ upper: 10 }).' },
    )
  }
  return {
    name,
    toJSON: () => ({ name, options: checked }),
    decide(_, { epoch, value }) {
      if (!isJudged(epoch, options)) return 'continue'
      return value >= lower && value <= upper ? 'continue' : 'stop'
    },
  }
}
