import type { Observation } from './tuner.ts'

/**
 * How good a trial was within its first `epochs` epochs: the mean over folds of each fold's best objective up to there,
 * which is what the study's objective would have been had training ended then. Best so far rather than last, as in
 * KerasTuner, because a study keeps the weights of the best epoch. A fold that stopped early counts with its best.
 * Infinity where a fold has no finite value. A trial without curves counts with its value.
 */
export function rungValue(observation: Observation, epochs: number): number {
  const { folds, curve, value } = observation
  if (folds.length > 0) return folds.reduce((sum, fold) => sum + best(fold, epochs), 0) / folds.length
  if (curve.length > 0) return best(curve, epochs)
  return value !== undefined && Number.isFinite(value) ? value : Number.POSITIVE_INFINITY
}

function best(curve: readonly number[], epochs: number): number {
  let best = Number.POSITIVE_INFINITY
  const until = Math.min(epochs, curve.length)
  for (let epoch = 0; epoch < until; epoch++) {
    const value = curve[epoch]
    if (value !== undefined && value < best) best = value
  }
  return best
}
