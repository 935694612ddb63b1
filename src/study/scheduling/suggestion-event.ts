import type { Json } from '../../core/json.ts'
import type { TrialRecord } from '../../core/trial.ts'
import type { TrialContinued, TrialStarted } from '../../storage/events.ts'
import type { Suggestion } from '../../tuners/tuner.ts'

/** What is kept of a suggestion that is taken up: a trial begins, or the one before goes on. */
export function suggestionEvent(
  { params, epochs, note }: Suggestion,
  trial: number,
  before: TrialRecord | undefined,
  at: number,
): TrialStarted | TrialContinued {
  const noted: { note?: Json } = note === undefined ? {} : { note }
  if (before === undefined) return { type: 'trial-started', trial, params, epochs, at, ...noted }
  // A fold that stopped early has nothing more to train.
  const folds = before.folds.filter(({ curve }) => curve.length >= before.epochs).map(({ fold }) => fold)
  return { type: 'trial-continued', trial, epochs, folds, at, ...noted }
}
