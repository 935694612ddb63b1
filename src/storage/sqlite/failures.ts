import Database from 'better-sqlite3'
import { TunerError } from '../../core/errors.ts'

const otherFile = 'Name another file with --db, or move this one away.'

export function notOurs(path: string, what: string, cause?: unknown): TunerError {
  return new TunerError('storage/not-a-database', `${path} is not a database of studies: ${what}.`, {
    hint: otherFile,
    cause,
  })
}

export function unavailable(path: string, what: string, hint: string, cause?: unknown): TunerError {
  return new TunerError('storage/unavailable', `Cannot use the database ${path}: ${what}.`, { hint, cause })
}

export function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

/** What SQLite threw, in our words; anything else as it is. */
export function inOurWords(error: unknown, path: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const code = error.code
  if (code === 'SQLITE_NOTADB') return notOurs(path, 'SQLite does not recognize the file', error)
  if (code.startsWith('SQLITE_CORRUPT')) {
    return notOurs(path, `the file is damaged (${error.message})`, error)
  }
  if (isBusy(error)) {
    return unavailable(path, 'another program has kept it locked', 'Close that program and try again.', error)
  }
  if (code === 'SQLITE_FULL') return unavailable(path, 'the disk is full', 'Free some space and resume.', error)
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) {
    return unavailable(
      path,
      `its file or folder cannot be written (${error.message})`,
      'Allow writing there, or name a file in another folder with --db.',
      error,
    )
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return unavailable(path, `reading or writing failed (${error.message})`, 'Check the disk and try again.', error)
  }
  return error
}
