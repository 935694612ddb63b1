import { expect, test } from 'vitest'
import { findStudy } from '../../src/cli/find-study.ts'
import { memoryStorage } from '../../src/storage/memory.ts'
import { studyRecord } from './records.ts'

async function storageWith(...names: string[]) {
  const storage = memoryStorage()
  for (const name of names) await storage.createStudy(studyRecord({ name }))
  return storage
}

const coded = (code: string, hint: string) => expect.objectContaining({ code, hint: expect.stringContaining(hint) })

test('a study is found by its name, or by being the only one', async () => {
  expect((await findStudy(await storageWith('boston', 'wine'), 'wine', 'tune.db')).study.name).toBe('wine')
  expect((await findStudy(await storageWith('boston'), undefined, 'tune.db')).study.name).toBe('boston')
})

test('what cannot be found says what there is', async () => {
  const two = await storageWith('boston', 'wine')
  await expect(findStudy(two, undefined, 'tune.db')).rejects.toThrow(coded('command/bad-argument', 'wine, boston'))
  await expect(findStudy(two, 'bostn', 'tune.db')).rejects.toThrow(coded('study/unknown', 'Did you mean "boston"?'))
  await expect(findStudy(two, 'something', 'tune.db')).rejects.toThrow(coded('study/unknown', 'wine, boston'))
  await expect(findStudy(await storageWith(), undefined, 'tune.db')).rejects.toThrow(coded('study/unknown', 'tune run'))
})
