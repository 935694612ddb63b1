import { relative } from 'node:path'
import type { TrialRecord } from '../core/trial.ts'
import type { FitResult } from '../study/fit/fit-best.ts'
import { plural } from './counts.ts'
import { meanAndSpread, short } from './numbers.ts'

/** What a fit came to, for a person: what was trained, how well, and where it is. */
export function fitLines(result: FitResult, trial: TrialRecord): string[] {
  const { rows, objective, metrics, trained, engine, backend } = result
  const reached = Object.entries(trained).map(([name, value]) => `${name} ${short(value)}`)
  const validated = metrics[objective.metric]
  const folder = relative('', result.folder) || '.'
  return [
    `Trained the model of trial ${result.trial} of ${result.study} on all ${plural(rows, 'row')} for ${epochsInWords(result, trial)}, by ${engine} (${backend}).`,
    `In the last epoch: ${reached.join(', ')}.`,
    ...(validated === undefined
      ? []
      : [`In validation the trial had ${objective.metric} ${meanAndSpread(validated)}.`]),
    '',
    `Written to ${folder}: model.json and weights.bin for tf.loadLayersModel, study.json with what belongs to them.`,
    `To predict: const { predict } = await loadFitted(${JSON.stringify(folder)})`,
  ]
}

/** The number of epochs, and where it comes from. */
function epochsInWords({ epochs }: FitResult, { bestEpoch, folds }: TrialRecord): string {
  const each = folds.flatMap((fold) => (fold.bestEpoch === undefined ? [] : [fold.bestEpoch]))
  const count = plural(epochs, 'epoch')
  if (epochs === bestEpoch) return `${count}, where it was best`
  return `${count}, the mean of its folds' best (${each.join(', ')})`
}

/** What a fit came to, for a program: what `study.json` says but for what the preprocessing learned. */
export function toFitJson({ preprocess: _, ...rest }: FitResult) {
  return rest
}
