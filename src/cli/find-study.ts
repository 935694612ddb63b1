import { TunerError } from '../core/errors.ts'
import { nearest } from '../core/nearest.ts'
import type { StudySummary } from '../core/study.ts'
import { sqliteStorage } from '../storage/sqlite/storage.ts'
import type { Storage } from '../storage/storage.ts'

/** Opens a database that must exist, and closes it after use. Throws `storage/...`. */
export async function withDatabase<T>(path: string, use: (storage: Storage) => Promise<T>): Promise<T> {
  const storage = sqliteStorage(path, { mustExist: true })
  try {
    return await use(storage)
  } finally {
    await storage.close()
  }
}

/** The study of that name, or the only one there is. Throws `study/unknown`, or `command/bad-argument` if several are. */
export async function findStudy(storage: Storage, name: string | undefined, db: string): Promise<StudySummary> {
  const studies = await storage.listStudies()
  const names = studies.map(({ study }) => study.name)
  const [only, ...others] = studies
  if (only === undefined) {
    throw new TunerError('study/unknown', `${db} has no studies yet.`, {
      hint: 'Start one with tune run or tune sweep, or name another database with --db.',
    })
  }
  if (name === undefined && others.length > 0) {
    throw new TunerError('command/bad-argument', `${db} has ${names.length} studies; expected the name of one.`, {
      hint: `It has: ${names.join(', ')}.`,
    })
  }
  const found = name === undefined ? only : studies.find(({ study }) => study.name === name)
  if (found !== undefined) return found
  const near = nearest(name ?? '', names)
  throw new TunerError('study/unknown', `There is no study "${name}" in ${db}.`, {
    hint: near === undefined ? `It has: ${names.join(', ')}.` : `Did you mean "${near}"?`,
  })
}
