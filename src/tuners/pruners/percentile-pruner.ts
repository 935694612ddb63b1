import { checkOptions, numberWithin, type OptionRules, wholeNumber } from '../options.ts'
import type { Pruner, PrunerJson, PruningMoment } from '../pruner.ts'
import type { History } from '../tuner.ts'
import { curveSoFar, lowest } from './fold-curve.ts'
import { isJudged, type JudgedEpochs, judgedEpochsRules } from './judged-epochs.ts'

export interface MedianPrunerOptions extends JudgedEpochs {
  /** Nothing is stopped before so many trials are complete. Default 5. */
  readonly startupTrials?: number
  /** Nor where fewer complete trials than this have a value at the fold and epoch. Default 1. */
  readonly minTrials?: number
}

export interface PercentilePrunerOptions extends MedianPrunerOptions {
  /** The percentage of trials to keep, 0 to 100. */
  readonly percentile: number
}

const medianRules: OptionRules<MedianPrunerOptions> = {
  ...judgedEpochsRules,
  startupTrials: wholeNumber(0),
  minTrials: wholeNumber(1),
}

/**
 * Stops a trial whose best objective so far is worse than the median of what complete trials had at the same fold and
 * epoch (Golovin et al., "Google Vizier", KDD 2017, in the form of Optuna's MedianPruner). Throws `tuner/bad-option`.
 */
export function medianPruner(options: MedianPrunerOptions = {}): Pruner {
  const json = { name: 'medianPruner', options: checkOptions('medianPruner', options, medianRules, []) }
  return keepPercentile(json, { ...options, percentile: 50 })
}

/** {@link medianPruner} at another percentile: keeps that percentage of trials. Throws `tuner/bad-option`. */
export function percentilePruner(options: PercentilePrunerOptions): Pruner {
  const rules = { ...medianRules, percentile: numberWithin(0, 100) }
  const checked = checkOptions('percentilePruner', { ...options, percentile: options.percentile ?? null }, rules, [])
  return keepPercentile({ name: 'percentilePruner', options: checked }, options)
}

function keepPercentile(json: PrunerJson, options: PercentilePrunerOptions): Pruner {
  const { percentile, startupTrials = 5, minTrials = 1 } = options
  return {
    name: json.name,
    toJSON: () => json,
    decide(trial, moment, history) {
      const complete = history.filter(({ status }) => status === 'complete')
      if (complete.length === 0 || complete.length < startupTrials || !isJudged(moment.epoch, options))
        return 'continue'
      const best = lowest(curveSoFar(trial, moment))
      if (Number.isNaN(best)) return 'stop'
      const values = valuesAt(moment, complete)
      if (values.length < minTrials) return 'continue'
      return best > quantile(values, percentile / 100) ? 'stop' : 'continue'
    },
  }
}

function valuesAt({ fold, epoch }: PruningMoment, trials: History): number[] {
  const values: number[] = []
  for (const { folds } of trials) {
    const value = folds[fold]?.[epoch - 1]
    if (value !== undefined) values.push(value)
  }
  return values
}

/** The quantile of all numbers but NaN, interpolated linearly; NaN of none. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
  const at = share * (sorted.length - 1)
  const below = sorted[Math.floor(at)] ?? Number.NaN
  const above = sorted[Math.ceil(at)] ?? Number.NaN
  return below === above ? below : below + (above - below) * (at - Math.floor(at))
}
