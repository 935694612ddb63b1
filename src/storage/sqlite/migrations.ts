import type { Database } from 'better-sqlite3'
import { schema1 } from './schema-1.ts'
import { schema2 } from './schema-2.ts'

/** "TFJT": what makes a SQLite file one of ours. */
export const applicationId = 0x54464a54

/** What leads from version i to i + 1. An entry that has been released never changes. */
const migrations: readonly string[] = [schema1, schema2]

export const newestVersion = migrations.length

export function versionOf(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }))
}

/** Brings an empty or an older database to the newest version, in one transaction. */
export function migrate(db: Database): void {
  if (versionOf(db) === newestVersion) return
  const bring = db.transaction(() => {
    // Asked again: another process may have done it while this one waited for the lock.
    for (const sql of migrations.slice(versionOf(db))) db.exec(sql)
    db.pragma(`application_id = ${applicationId}`)
    db.pragma(`user_version = ${newestVersion}`)
  })
  bring.immediate()
}
