import type { Database } from 'better-sqlite3'
import type { RunRecord } from '../../core/study.ts'

interface RunRow {
  started_at: number
  finished_at: number
  workers: number
  busy_ms: number
}

/** The rows that say how busy the workers of each run were. */
export interface RunTable {
  add(study: string, run: RunRecord): void
  /** In order. */
  of(study: string): RunRecord[]
}

export function runTable(db: Database): RunTable {
  const insert = db.prepare(
    'INSERT INTO runs (study, started_at, finished_at, workers, busy_ms) VALUES (?, ?, ?, ?, ?)',
  )
  const all = db.prepare<[string], RunRow>('SELECT * FROM runs WHERE study = ? ORDER BY run')
  return {
    add(study, { startedAt, finishedAt, workers, busyMs }) {
      insert.run(study, startedAt, finishedAt, workers, busyMs)
    },
    of: (study) =>
      all.all(study).map(({ started_at, finished_at, workers, busy_ms }) => {
        return { startedAt: started_at, finishedAt: finished_at, workers, busyMs: busy_ms }
      }),
  }
}
