import type { Database } from 'better-sqlite3'
import type { Clock } from '../../core/clock.ts'
import type { Objective, StudyRecord, StudySource, StudyStatus, StudySummary } from '../../core/study.ts'
import { fromJsonText } from './json-text.ts'
import { isHeld, type LeaseRow } from './lease.ts'

interface StudyRow {
  study: string
  seed: number
  source: string
  space: string
  tuner: string
  objective: string
  settings: string
  environment: string
  created_at: number
  last_used_at: number
  finished_at: number | null
  trials: number
  lowest: number | null
  highest: number | null
}

type Row = StudyRow & (LeaseRow | { [key in keyof LeaseRow]: null })

// A value of NaN is a text here, and best of nothing.
const values = "FROM trials WHERE trials.study = studies.study AND status = 'complete' AND typeof(value) <> 'text'"
const select = `
  SELECT studies.*, pid, host, pid_space, process_start, heartbeat_at,
    (SELECT count(*) FROM trials WHERE trials.study = studies.study) AS trials,
    (SELECT min(value) ${values}) AS lowest, (SELECT max(value) ${values}) AS highest
  FROM studies LEFT JOIN leases USING (study)`

export interface StudyReader {
  /** The last used first. */
  all(): StudySummary[]
  one(name: string): StudySummary | undefined
}

export function studyReader(db: Database, clock: Clock): StudyReader {
  const all = db.prepare<[], Row>(`${select} ORDER BY coalesce(heartbeat_at, last_used_at) DESC, studies.rowid DESC`)
  const one = db.prepare<[string], Row>(`${select} WHERE study = ?`)
  return {
    all: () => all.all().map((row) => summary(row, clock.now())),
    one(name) {
      const row = one.get(name)
      return row === undefined ? undefined : summary(row, clock.now())
    },
  }
}

function summary(row: Row, now: number): StudySummary {
  const study = studyRecord(row)
  const value = study.objective.direction === 'minimize' ? row.lowest : row.highest
  return {
    study,
    status: statusOf(row, now),
    trials: row.trials,
    ...(value === null ? {} : { value }),
    lastUsedAt: row.heartbeat_at ?? row.last_used_at,
  }
}

function statusOf(row: Row, now: number): StudyStatus {
  if (row.pid !== null && isHeld(row, now)) return 'running'
  return row.finished_at === null ? 'interrupted' : 'complete'
}

function studyRecord(row: StudyRow): StudyRecord {
  return {
    name: row.study,
    seed: row.seed,
    source: fromJsonText(row.source) as StudySource,
    space: fromJsonText(row.space),
    tuner: fromJsonText(row.tuner) as StudyRecord['tuner'],
    objective: fromJsonText(row.objective) as unknown as Objective,
    settings: fromJsonText(row.settings) as StudyRecord['settings'],
    environment: fromJsonText(row.environment) as StudyRecord['environment'],
    createdAt: row.created_at,
  }
}
