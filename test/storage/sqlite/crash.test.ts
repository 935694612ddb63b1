import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { sqliteStorage } from '../../../src/storage/sqlite/storage.ts'
import { exampleStudy } from '../../contracts/storage.ts'
import { child } from './child.ts'
import { databasePath } from './database-path.ts'

const appender = new URL('./children/append.ts', import.meta.url)
test('killed while it writes, a process loses nothing that was confirmed, and the next goes on at once', async () => {
  const path = databasePath()
  const storage = sqliteStorage(path)
  await storage.createStudy(exampleStudy('study'))
  for (const [trial, confirmations] of [3, 40, 150].entries()) {
    const writer = child(appender, path, 'study')
    let confirmed = 0
    for (let i = 0; i < confirmations; i++) confirmed = await confirmedEpoch(writer.line(), trial)
    await writer.kill()
    for (let line = writer.line(); (await line) !== undefined; line = writer.line()) {
      confirmed = await confirmedEpoch(line, trial)
    }
    const curve = (await storage.readTrials('study'))[trial]?.folds[0]?.curve ?? []
    expect(curve.length).toBeGreaterThanOrEqual(confirmed)
    // All or none of an append: it has three epochs.
    expect(curve.length % 3).toBe(0)
    expect(curve).toEqual(curve.map((_, i) => ({ loss: 1 / (i + 1), val_loss: 2 / (i + 1) })))
    expect(await storage.readStudy('study')).toMatchObject({ status: 'interrupted' })
  }
  expect((await storage.readTrials('study')).map((trial) => trial.status)).toEqual(['running', 'running', 'running'])
  await storage.close()
  const db = new Database(path)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.pragma('foreign_key_check')).toEqual([])
  db.close()
})

async function confirmedEpoch(line: Promise<string | undefined>, trial: number): Promise<number> {
  const [shown, epoch] = ((await line) ?? '').split(' ').map(Number)
  expect(shown).toBe(trial)
  return epoch ?? 0
}
