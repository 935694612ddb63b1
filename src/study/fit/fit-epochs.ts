import { mean } from 'simple-statistics'
import type { TrialRecord } from '../../core/trial.ts'

/**
 * For how many epochs the final model of a trial is trained. There are no rows left to validate on, so nothing can say
 * when to stop: what the folds have shown must do (Chollet, Deep Learning with Python, 2nd ed., chapters 4 and 5: train
 * on all data for the number of epochs that was best in validation).
 *
 * Where all folds have trained equally long, that is `bestEpoch`, where their curves, averaged, are best. Where some
 * stopped early, the average ends with the first of them, mostly before the others were at their best, and a model
 * trained for so long would be trained too little. Then it is the mean of the folds' own best epochs, those by which
 * each of them counts.
 */
export function fitEpochs({ folds, bestEpoch, epochs }: TrialRecord): number {
  const lengths = new Set(folds.map(({ curve }) => curve.length))
  const ownBest = folds.flatMap((fold) => (fold.bestEpoch === undefined ? [] : [fold.bestEpoch]))
  if (lengths.size > 1 && ownBest.length > 0) return Math.round(mean(ownBest))
  return bestEpoch ?? epochs
}
