import type { Database } from 'better-sqlite3'
import type { ErrorRecord } from '../../core/errors.ts'
import type { ParamValue } from '../../core/params.ts'
import type { FoldRecord, LostAttempt, MetricSummary, Metrics, TrialRecord, TrialStatus } from '../../core/trial.ts'
import { fromJsonText } from './json-text.ts'
import { lostAttemptReader } from './lost-attempts.ts'

interface TrialRow {
  trial: number
  status: TrialStatus
  value: number | 'NaN' | null
  epochs: number
  best_epoch: number | null
  metrics: string
  note: string | null
  cause: string | null
  started_at: number
  finished_at: number | null
}

interface FoldRow {
  fold: number
  status: TrialStatus
  epochs: number
  best_epoch: number | null
  metrics: string | null
  engine: string | null
  backend: string | null
  duration_ms: number | null
  attempts: number
  cause: string | null
}

type ParamRow = { name: string; value: string }
type EpochRow = [fold: number, epoch: number, metric: string, value: number | null]

/** Reads the trials of a study; to be called inside a transaction, so that all is of one moment. */
export function trialReader(db: Database): (study: string) => TrialRecord[] {
  const trials = db.prepare<[string], TrialRow>('SELECT * FROM trials WHERE study = ? ORDER BY trial')
  const params = db.prepare<[string, number], ParamRow>(
    'SELECT name, value FROM params WHERE study = ? AND trial = ? ORDER BY position',
  )
  const folds = db.prepare<[string, number], FoldRow>('SELECT * FROM folds WHERE study = ? AND trial = ? ORDER BY fold')
  const epochs = db
    .prepare<[string, number], EpochRow>('SELECT fold, epoch, metric, value FROM epochs WHERE study = ? AND trial = ?')
    .raw()
  const lostAttempts = lostAttemptReader(db)

  return (study) =>
    trials.all(study).map((row) => {
      const foldRows = folds.all(study, row.trial)
      const curves = curvesOf(foldRows, epochs.all(study, row.trial))
      const lost = lostAttempts(study, row.trial)
      const paramRows = params.all(study, row.trial)
      return {
        number: row.trial,
        params: Object.fromEntries(paramRows.map(({ name, value }) => [name, fromJsonText(value) as ParamValue])),
        epochs: row.epochs,
        status: row.status,
        ...given('value', row.value === null ? null : Number(row.value)),
        metrics: fromJsonText(row.metrics) as unknown as Record<string, MetricSummary>,
        ...given('bestEpoch', row.best_epoch),
        folds: foldRows.map((fold) => foldRecord(fold, curves.get(fold.fold) ?? [], lost.get(fold.fold))),
        ...(row.note === null ? {} : { note: fromJsonText(row.note) }),
        ...given('cause', parsed<ErrorRecord>(row.cause)),
        startedAt: row.started_at,
        ...given('finishedAt', row.finished_at),
      }
    })
}

function curvesOf(folds: readonly FoldRow[], rows: readonly EpochRow[]): Map<number, Record<string, number>[]> {
  const curves = new Map(folds.map(({ fold, epochs }) => [fold, Array.from({ length: epochs }, emptyMetrics)]))
  for (const [fold, epoch, metric, value] of rows) {
    const metrics = curves.get(fold)?.[epoch - 1]
    if (metrics !== undefined) metrics[metric] = value ?? Number.NaN
  }
  return curves
}

function emptyMetrics(): Record<string, number> {
  return {}
}

function foldRecord(row: FoldRow, curve: readonly Metrics[], lost: readonly LostAttempt[] = []): FoldRecord {
  return {
    fold: row.fold,
    status: row.status,
    curve,
    ...given('bestEpoch', row.best_epoch),
    ...given('metrics', parsed<Metrics>(row.metrics)),
    ...given('engine', row.engine),
    ...given('backend', row.backend),
    ...given('durationMs', row.duration_ms),
    attempts: row.attempts,
    ...(lost.length === 0 ? {} : { lost }),
    ...given('cause', parsed<ErrorRecord>(row.cause)),
  }
}

function parsed<T>(text: string | null): T | null {
  return text === null ? null : (fromJsonText(text) as T)
}

/** What is NULL in the table is absent from the record. */
function given<K extends string, V>(key: K, value: V | null): { [key in K]?: V } {
  return value === null ? {} : ({ [key]: value } as { [key in K]: V })
}
