import { TunerError } from '../../core/errors.ts'
import type { StudyRecord } from '../../core/study.ts'
import type { Storage } from '../../storage/storage.ts'

/** The study of that name as it is kept. Throws `study/unknown`. */
export async function keptStudy(storage: Storage, name: string): Promise<StudyRecord> {
  const kept = await storage.readStudy(name)
  if (kept !== undefined) return kept.study
  const names = (await storage.listStudies()).map(({ study }) => study.name)
  throw new TunerError('study/unknown', `There is no study "${name}" in the database.`, {
    hint: names.length === 0 ? 'The database has no studies.' : `It has: ${names.join(', ')}.`,
  })
}
