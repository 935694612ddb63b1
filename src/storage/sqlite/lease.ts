import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Clock } from '../../core/clock.ts'
import { lostLease, studyBusy, unknownStudy } from '../errors.ts'
import { isAlive, thisProcess } from './process-identity.ts'

export interface LeaseRow {
  readonly pid: number
  readonly host: string
  readonly pid_space: string
  readonly process_start: string | null
  readonly heartbeat_at: number
}

/** The rows that say which process writes which study. */
export interface LeaseTable {
  /** Takes the lease and returns its token. Throws `study/unknown`, or `study/busy` while a living process has it. */
  take(study: string): string
  /** Throws `storage/lost-lease` unless the token still has the lease; a sign of life if it has. */
  confirm(study: string, token: string): void
  /** Gives the lease back; nothing happens if another has it. */
  drop(study: string, token: string): void
}

/**
 * To be called inside transactions that began IMMEDIATE. While a study is held, its last use is the heartbeat: the row of
 * the study is long, and confirming an append should not write it anew.
 */
export function leaseTable(db: Database, clock: Clock): LeaseTable {
  const find = db.prepare<[string], LeaseRow>(
    'SELECT pid, host, pid_space, process_start, heartbeat_at FROM leases WHERE study = ?',
  )
  const put = db.prepare(`
    INSERT OR REPLACE INTO leases (study, token, pid, host, pid_space, process_start, heartbeat_at)
    VALUES (?, ?, ?, ?, ?, ?, ?)`)
  const use = db.prepare('UPDATE studies SET last_used_at = ? WHERE study = ?')
  const beat = db.prepare('UPDATE leases SET heartbeat_at = ? WHERE study = ? AND token = ?')
  const used = db.prepare(`
    UPDATE studies SET last_used_at = heartbeat_at FROM leases
    WHERE studies.study = leases.study AND leases.study = ? AND token = ?`)
  const remove = db.prepare('DELETE FROM leases WHERE study = ? AND token = ?')
  return {
    take(study) {
      const now = clock.now()
      const owner = find.get(study)
      if (owner !== undefined && isHeld(owner, now)) throw studyBusy(study, owner)
      if (use.run(now, study).changes === 0) throw unknownStudy(study)
      const token = randomUUID()
      const { pid, host, pidSpace, processStart } = thisProcess()
      put.run(study, token, pid, host, pidSpace, processStart ?? null, now)
      return token
    },
    confirm(study, token) {
      if (beat.run(clock.now(), study, token).changes === 0) throw lostLease(study)
    },
    drop(study, token) {
      used.run(study, token)
      remove.run(study, token)
    },
  }
}

export function isHeld(row: LeaseRow, now: number): boolean {
  const { pid, host, pid_space: pidSpace, process_start: processStart } = row
  return isAlive({ pid, host, pidSpace, processStart: processStart ?? undefined }, row.heartbeat_at, now)
}
