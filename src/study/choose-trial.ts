import { TunerError } from '../core/errors.ts'
import type { StudyRecord } from '../core/study.ts'
import type { TrialRecord } from '../core/trial.ts'
import { bestTrial } from './ranking.ts'

/** A complete trial: that of a number, otherwise the best. Throws `study/nothing-complete` or `study/unknown-trial`. */
export function completeTrial(
  study: StudyRecord,
  trials: readonly TrialRecord[],
  number: number | undefined,
): TrialRecord {
  if (number === undefined) {
    const best = bestTrial(trials, study.objective.direction)
    if (best === undefined) throw nothingComplete(study.name)
    return best
  }
  const trial = trialOf(study, trials, number)
  if (trial.status === 'complete') return trial
  throw new TunerError(
    'study/nothing-complete',
    `Trial ${number} of study "${study.name}" is ${trial.status}; expected a complete one.`,
    { hint: `See which are with: tune trials ${study.name}` },
  )
}

/** The trial of a number. Throws `study/unknown-trial`. */
export function trialOf({ name }: StudyRecord, trials: readonly TrialRecord[], number: number): TrialRecord {
  const trial = trials.find((candidate) => candidate.number === number)
  if (trial !== undefined) return trial
  const range = trials.length === 0 ? 'it has none yet' : `it has 0 to ${trials.length - 1}`
  throw new TunerError('study/unknown-trial', `Study "${name}" has no trial ${number}; ${range}.`, {
    hint: `See all of them with: tune trials ${name}`,
  })
}

/** There is no best trial yet. */
export function nothingComplete(study: string): TunerError {
  return new TunerError('study/nothing-complete', `Study "${study}" has no complete trial, so there is no best one.`, {
    hint: `See what became of its trials with: tune trials ${study}`,
  })
}
