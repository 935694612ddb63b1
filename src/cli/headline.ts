import type { StudyRecord } from '../core/study.ts'
import type { StudyStart } from '../study/run-study.ts'
import { plural } from './counts.ts'

/** What a run is, in a few words: tuner, folds, epochs, workers, seed. */
export function headline({ record, folds, workers }: StudyStart): string[] {
  const { epochs } = record.settings
  return [
    tunerInWords(record.tuner),
    ...(folds > 1 ? [plural(folds, 'fold')] : []),
    ...(typeof epochs === 'number' ? [plural(epochs, 'epoch')] : []),
    plural(workers, 'worker'),
    `seed ${record.seed}`,
  ]
}

/** `randomSearch` -> `random search`. */
export function tunerInWords({ name }: StudyRecord['tuner']): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
