import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { TunerError } from '../../core/errors.ts'
import { inOurWords, isBusy, notOurs, unavailable } from './failures.ts'
import { applicationId, migrate, newestVersion, versionOf } from './migrations.ts'

const lockTimeoutMs = 5000

export interface OpenOptions {
  /** Throw `storage/unavailable` where there is no database, instead of making one. Default false. */
  readonly mustExist?: boolean
}

/** Opens a database of studies at the newest version; leaves a file that is something else as it is. */
export function openDatabase(path: string, { mustExist = false }: OpenOptions = {}): Database.Database {
  if (mustExist && !existsSync(path)) throw noDatabase(path)
  if (!existsSync(dirname(path))) {
    throw unavailable(path, 'its folder does not exist', 'Make the folder, or name a file in another one with --db.')
  }
  let db: Database.Database | undefined
  try {
    db = new Database(path, { fileMustExist: mustExist, timeout: lockTimeoutMs })
    const isNew = inspect(db, path)
    if (isNew && mustExist) throw noDatabase(path)
    migrate(db)
    switchToWal(db)
    // A process that is killed loses nothing in this mode; a power cut may cost the last moments, never consistency.
    db.pragma('synchronous = NORMAL')
    db.pragma('foreign_keys = ON')
    // KiB. It is read from the start to the end, once, and then written at its end.
    db.pragma('cache_size = -500')
    return db
  } catch (error) {
    db?.close()
    throw inOurWords(error, path)
  }
}

/** Whether the file is still empty. Throws if it is not ours, or from a newer version of this program. */
function inspect(db: Database.Database, path: string): boolean {
  const look = db.transaction(() => ({
    application: Number(db.pragma('application_id', { simple: true })),
    version: versionOf(db),
    isEmpty: db.prepare('SELECT 1 FROM sqlite_master LIMIT 1').get() === undefined,
  }))
  const { application, version, isEmpty } = look()
  if (application === 0 && version === 0 && isEmpty) return true
  if (application !== applicationId) throw notOurs(path, 'it is a SQLite database of another program')
  if (version > newestVersion) {
    throw new TunerError(
      'storage/newer-version',
      `${path} has version ${version} of the database, this program knows versions up to ${newestVersion}.`,
      { hint: 'Update tfjs-tuner, or name another file with --db.' },
    )
  }
  return false
}

/** SQLite does not wait for others here, as it does everywhere else: two that open a new file may meet. */
function switchToWal(db: Database.Database): void {
  const deadline = Date.now() + lockTimeoutMs
  for (;;) {
    try {
      db.pragma('journal_mode = WAL')
      return
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}

function noDatabase(path: string): TunerError {
  return unavailable(path, 'there is no database there', 'Name the one that has your studies with --db.')
}
