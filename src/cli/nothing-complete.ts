import { TunerError } from '../core/errors.ts'

/** There is no best trial yet. */
export function nothingComplete(study: string): TunerError {
  return new TunerError('study/nothing-complete', `Study "${study}" has no complete trial, so there is no best one.`, {
    hint: `See what became of its trials with: tune trials ${study}`,
  })
}
