import type { PruningMoment } from '../pruner.ts'
import type { Observation } from '../tuner.ts'

/** The objective of a trial in the fold in question, after each epoch up to the one just finished. */
export function curveSoFar(trial: Observation, { fold, epoch, value }: PruningMoment): number[] {
  return [...(trial.folds[fold] ?? []).slice(0, epoch - 1), value]
}

/** The lowest number of a curve; NaN if it has none. */
export function lowest(curve: readonly number[]): number {
  let lowest = Number.NaN
  for (const value of curve) if (!(value >= lowest) && !Number.isNaN(value)) lowest = value
  return lowest
}
