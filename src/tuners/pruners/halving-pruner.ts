import { crc32 } from 'node:zlib'
import { checkOptions, type OptionRules, wholeNumber } from '../options.ts'
import type { Pruner, PruningDecision, PruningMoment } from '../pruner.ts'
import type { History } from '../tuner.ts'

export interface SuccessiveHalvingPrunerOptions {
  /** The epochs of the first rung. Default 1. */
  readonly minEpochs?: number
  /** One in `factor` trials goes on, to `factor` times the epochs; a whole number from 2. Default 3. */
  readonly factor?: number
  /** Nothing passes a rung before it has seen more trials than this. Default 0. */
  readonly bootstrapTrials?: number
}

export interface HyperbandPrunerOptions extends SuccessiveHalvingPrunerOptions {
  /** The epochs of a full trial: they decide how many brackets there are. */
  readonly maxEpochs: number
}

const rules: OptionRules<SuccessiveHalvingPrunerOptions> = {
  minEpochs: wholeNumber(1),
  factor: wholeNumber(2),
  bootstrapTrials: wholeNumber(0),
}

/**
 * Stops a trial at a rung (after `minEpochs` epochs, `factor` times as many, ...) unless it is among the first 1/factor
 * of the trials seen there so far, or the very first (Li et al., "A System for Massively Parallel Hyperparameter
 * Tuning", MLSys 2020, in the form of Optuna's SuccessiveHalvingPruner). Trials that fall back are gone for good, unlike
 * with the tuner `asha`. Throws `tuner/bad-option`.
 */
export function successiveHalvingPruner(options: SuccessiveHalvingPrunerOptions = {}): Pruner {
  const name = 'successiveHalvingPruner'
  const json = { name, options: checkOptions(name, options, rules, []) }
  return { name, toJSON: () => json, decide: (_, moment, history) => decideAtRung(moment, history, options) }
}

/**
 * Spreads trials over brackets, each a {@link successiveHalvingPruner} with a later first rung than the one before
 * (Li et al., JMLR 2018, in the form of Optuna's HyperbandPruner: a trial's bracket follows from its number, and only
 * trials of one bracket are compared). Throws `tuner/bad-option`.
 */
export function hyperbandPruner(options: HyperbandPrunerOptions): Pruner {
  const name = 'hyperbandPruner'
  const given = { ...options, maxEpochs: options.maxEpochs ?? null }
  const json = { name, options: checkOptions(name, given, { ...rules, maxEpochs: wholeNumber(1) }, []) }
  const { maxEpochs, minEpochs = 1, factor = 3 } = options
  const shares = bracketShares(maxEpochs / minEpochs, factor)
  return {
    name,
    toJSON: () => json,
    decide(trial, moment, history) {
      const bracket = bracketOf(trial.number, shares)
      const rivals = history.filter(({ number }) => bracketOf(number, shares) === bracket)
      return decideAtRung(moment, rivals, { ...options, minEpochs: minEpochs * factor ** bracket })
    },
  }
}

function decideAtRung(
  { fold, epoch, value }: PruningMoment,
  history: History,
  { minEpochs = 1, factor = 3, bootstrapTrials = 0 }: SuccessiveHalvingPrunerOptions,
): PruningDecision {
  let rung = minEpochs
  while (rung < epoch) rung *= factor
  if (rung !== epoch) return 'continue'
  if (Number.isNaN(value)) return 'stop'
  let seen = 1
  let ahead = 0
  for (const { folds } of history) {
    const other = folds[fold]?.[epoch - 1] ?? Number.NaN
    if (Number.isNaN(other)) continue
    seen++
    if (other < value) ahead++
  }
  const isAmongFirst = ahead < Math.max(1, Math.floor(seen / factor))
  return seen > bootstrapTrials && isAmongFirst ? 'continue' : 'stop'
}

/** How many trials in a cycle go to each bracket, the one with the earliest first rung first. */
function bracketShares(spread: number, factor: number): number[] {
  let last = 0
  while (factor ** (last + 1) <= spread) last++
  return Array.from({ length: last + 1 }, (_, bracket) => {
    const halvings = last - bracket
    return Math.ceil(((last + 1) * factor ** halvings) / (halvings + 1))
  })
}

/** The bracket of a trial: pseudo-random, as many as its share says. */
function bracketOf(trial: number, shares: readonly number[]): number {
  let place = crc32(`trial_${trial}`) % shares.reduce((sum, share) => sum + share, 0)
  for (const [bracket, share] of shares.entries()) {
    if (place < share) return bracket
    place -= share
  }
  return 0
}
