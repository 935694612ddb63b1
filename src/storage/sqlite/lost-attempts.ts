import type { Database } from 'better-sqlite3'
import type { ErrorRecord } from '../../core/errors.ts'
import type { LostAttempt } from '../../core/trial.ts'
import { badEvent } from '../errors.ts'
import type { AttemptLost } from '../events.ts'
import { fromJsonText, toJsonText } from './json-text.ts'

interface AttemptRow {
  fold: number
  attempt: number
  duration_ms: number
  cause: string
}

/** Writes that the attempt under way at a fold came to nothing; throws `storage/bad-event` where none is under way. */
export function attemptLoser(db: Database): (study: string, event: AttemptLost) => void {
  const insert = db.prepare(`
    INSERT INTO lost_attempts (study, trial, fold, attempt, duration_ms, cause)
    SELECT study, trial, fold, attempts, ?, ? FROM folds
    WHERE study = ? AND trial = ? AND fold = ? AND status = 'running'`)
  return (study, event) => {
    const { trial, fold, durationMs, cause } = event
    const { changes } = insert.run(durationMs, toJsonText(cause), study, trial, fold)
    if (changes === 0) throw badEvent(study, event, 'a fold that is running')
  }
}

/** Reads the lost attempts of a trial, by fold. */
export function lostAttemptReader(db: Database): (study: string, trial: number) => ReadonlyMap<number, LostAttempt[]> {
  const select = db.prepare<[string, number], AttemptRow>(`
    SELECT fold, attempt, duration_ms, cause FROM lost_attempts WHERE study = ? AND trial = ? ORDER BY fold, attempt`)
  return (study, trial) => {
    const byFold = new Map<number, LostAttempt[]>()
    for (const { fold, attempt, duration_ms, cause } of select.all(study, trial)) {
      const lost = { attempt, durationMs: duration_ms, cause: fromJsonText(cause) as unknown as ErrorRecord }
      byFold.set(fold, [...(byFold.get(fold) ?? []), lost])
    }
    return byFold
  }
}
