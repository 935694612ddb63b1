import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { schema1 } from '../../../src/storage/sqlite/schema-1.ts'
import { sqliteStorage } from '../../../src/storage/sqlite/storage.ts'
import { exampleStudy } from '../../contracts/storage.ts'
import { databasePath } from './database-path.ts'

test('a new file is made, and opened again as it was left', async () => {
  const path = databasePath()
  const first = sqliteStorage(path)
  await first.createStudy(exampleStudy('kept'))
  await first.close()
  const second = sqliteStorage(path, { mustExist: true })
  expect((await second.readStudy('kept'))?.study).toStrictEqual(exampleStudy('kept'))
  await second.close()
})

test('a database is in WAL mode, names its program and its version, and passes its own checks', async () => {
  const path = databasePath()
  await sqliteStorage(path).close()
  const db = new Database(path)
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(db.pragma('application_id', { simple: true })).toBe(Buffer.from('TFJT').readInt32BE())
  expect(db.pragma('user_version', { simple: true })).toBe(2)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
})

test('several may open and write at once, and each sees what the others confirmed', async () => {
  const path = databasePath()
  const storages = [sqliteStorage(path), sqliteStorage(path), sqliteStorage(path)]
  for (const [i, storage] of storages.entries()) await storage.createStudy(exampleStudy(`study ${i}`))
  for (const storage of storages) expect(await storage.listStudies()).toHaveLength(3)
  for (const storage of storages) await storage.close()
})

test('what must exist is not made', () => {
  const path = databasePath()
  const missing = {
    code: 'storage/unavailable',
    message: expect.stringContaining(path),
    hint: expect.stringContaining('--db'),
  }
  expect(() => sqliteStorage(path, { mustExist: true })).toThrow(expect.objectContaining(missing))
  expect(existsSync(path)).toBe(false)
  writeFileSync(path, '')
  expect(() => sqliteStorage(path, { mustExist: true })).toThrow(expect.objectContaining(missing))
  expect(readFileSync(path)).toHaveLength(0)
})

test.each([
  ['a few letters', 'hello'],
  ['a table of text', 'crim,zn,indus\n'.repeat(1000)],
  ['only the name of the format', 'SQLite format 3\0'],
])('a file of %s is left as it is', (_, content) => {
  const path = databasePath()
  writeFileSync(path, content)
  const notOurs = {
    code: 'storage/not-a-database',
    message: expect.stringContaining(path),
    hint: expect.stringContaining('--db'),
  }
  expect(() => sqliteStorage(path)).toThrow(expect.objectContaining(notOurs))
  expect(readFileSync(path, 'utf8')).toBe(content)
})

test.each([
  ['tables', 'CREATE TABLE songs (title TEXT)'],
  ['tables and a version', 'CREATE TABLE studies (name TEXT); PRAGMA user_version = 1'],
  ['a mark of its own', 'PRAGMA application_id = 7'],
])('a database of another program, with %s, is left as it is', (_, sql) => {
  const path = databasePath()
  const other = new Database(path)
  other.exec(sql)
  other.close()
  const before = readFileSync(path)
  const notOurs = { code: 'storage/not-a-database', message: expect.stringContaining('another program') }
  expect(() => sqliteStorage(path)).toThrow(expect.objectContaining(notOurs))
  expect(readFileSync(path)).toEqual(before)
})

test('a database of version 1 is brought to the newest, with all that it has', async () => {
  const path = databasePath()
  const db = new Database(path)
  db.exec(schema1)
  db.pragma('application_id = 0x54464a54')
  db.pragma('user_version = 1')
  db.exec(`
    INSERT INTO studies VALUES ('old', 1, '{}', '{}', '{}', '{}', '{}', '{}', 5, 5, NULL);
    INSERT INTO trials VALUES ('old', 0, 'complete', 2.5, 3, 1, '{}', NULL, NULL, 1, 2);
    INSERT INTO folds VALUES ('old', 0, 0, 'complete', 0, NULL, NULL, 'simd', 'wasm', 7, 1, NULL)`)
  db.close()
  const storage = sqliteStorage(path)
  expect(await storage.readTrials('old')).toMatchObject([{ value: 2.5, folds: [{ engine: 'simd', attempts: 1 }] }])
  const lease = await storage.acquireLease('old')
  const run = { startedAt: 1, finishedAt: 2, workers: 2, busyMs: 1 }
  await lease.append([{ type: 'run-finished', ...run }])
  expect(await storage.readRuns('old')).toEqual([run])
  await storage.close()
})

test('a database of a newer version is left to a newer program', async () => {
  const path = databasePath()
  await sqliteStorage(path).close()
  const db = new Database(path)
  db.pragma('user_version = 99')
  db.close()
  const newer = {
    code: 'storage/newer-version',
    message: expect.stringMatching(/99.*2/),
    hint: expect.stringContaining('Update'),
  }
  expect(() => sqliteStorage(path)).toThrow(expect.objectContaining(newer))
})

test('a place where no file can be is unavailable', () => {
  const path = databasePath()
  const file = join(dirname(path), 'file')
  writeFileSync(file, '')
  for (const wrong of [join(path, 'studies.db'), join(file, 'studies.db'), dirname(path)]) {
    const unavailable = {
      code: 'storage/unavailable',
      message: expect.stringContaining(wrong),
      hint: expect.stringContaining('--db'),
    }
    expect(() => sqliteStorage(wrong)).toThrow(expect.objectContaining(unavailable))
  }
})

// Nobody may write in /proc, the administrator included.
test.runIf(existsSync('/proc/self'))('a folder that cannot be written is unavailable', () => {
  const unavailable = { code: 'storage/unavailable', hint: expect.stringContaining('--db') }
  expect(() => sqliteStorage('/proc/studies.db')).toThrow(expect.objectContaining(unavailable))
})

test('a file that is damaged later is named', async () => {
  const path = databasePath()
  const storage = sqliteStorage(path)
  await storage.createStudy(exampleStudy('study'))
  await storage.close()
  const db = new Database(path)
  const { rootpage } = db.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'studies'").get() as {
    rootpage: number
  }
  db.close()
  writeFileSync(path, readFileSync(path).fill(0x2a, 4096 * (rootpage - 1), 4096 * rootpage))
  const damaged = sqliteStorage(path)
  const named = { code: 'storage/not-a-database', message: expect.stringContaining(path) }
  await expect(damaged.listStudies()).rejects.toMatchObject(named)
  await damaged.close()
})
