import { checkOptions, numberWithin, wholeNumber } from '../options.ts'
import type { Pruner, PruningMoment } from '../pruner.ts'
import type { History, Observation } from '../tuner.ts'
import { curveSoFar, lowest } from './fold-curve.ts'
import { signedRankAbove } from './signed-rank.ts'

export interface WilcoxonPrunerOptions {
  /** Stop when the test's p-value is below this. Default 0.1, which takes four folds at least, as 1/16 < 0.1. */
  readonly pThreshold?: number
  /** Nothing is stopped before so many folds can be compared; two are needed in any case. Default 2. */
  readonly startupFolds?: number
}

/**
 * Stops a trial when its folds are worse than those of the best complete trial by Wilcoxon's signed-rank test (Optuna's
 * WilcoxonPruner). A fold counts with its best objective so far and is compared with the best of the other trial's fold
 * up to the same epoch. Never stops a trial whose mean is at least as good. Throws `tuner/bad-option`.
 */
export function wilcoxonPruner(options: WilcoxonPrunerOptions = {}): Pruner {
  const name = 'wilcoxonPruner'
  const rules = { pThreshold: numberWithin(0, 1), startupFolds: wholeNumber(0) }
  const json = { name, options: checkOptions(name, options, rules, []) }
  const { pThreshold = 0.1, startupFolds = 2 } = options
  return {
    name,
    toJSON: () => json,
    decide(trial, moment, history) {
      const best = bestComplete(history)
      const pairs = best === undefined ? [] : pairFolds(trial, moment, best)
      if (pairs.length < Math.max(2, startupFolds) || !pairs.flat().every(Number.isFinite)) return 'continue'
      const differences = pairs.map(([own, other]) => own - other)
      const isWorse = mean(pairs.map(([own]) => own)) > mean(allFolds(best))
      return isWorse && signedRankAbove(differences) < pThreshold ? 'stop' : 'continue'
    },
  }
}

function bestComplete(history: History): Observation | undefined {
  let best: Observation | undefined
  for (const trial of history) {
    if (trial.status !== 'complete' || trial.value === undefined) continue
    if (best?.value === undefined || trial.value < best.value) best = trial
  }
  return best
}

/** Of each fold that both have: this trial's best, and the other's up to the same epoch. */
function pairFolds(trial: Observation, moment: PruningMoment, other: Observation): [number, number][] {
  const pairs: [number, number][] = []
  for (let fold = 0; fold < Math.max(trial.folds.length, moment.fold + 1); fold++) {
    const own = fold === moment.fold ? curveSoFar(trial, moment) : (trial.folds[fold] ?? [])
    const theirs = other.folds[fold]?.slice(0, own.length) ?? []
    if (own.length > 0 && theirs.length > 0) pairs.push([lowest(own), lowest(theirs)])
  }
  return pairs
}

function allFolds(trial: Observation | undefined): number[] {
  return (trial?.folds ?? []).filter((fold) => fold.length > 0).map(lowest)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
