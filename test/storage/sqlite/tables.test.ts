import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { EpochFinished } from '../../../src/storage/events.ts'
import { sqliteStorage } from '../../../src/storage/sqlite/storage.ts'
import { exampleStudy } from '../../contracts/storage.ts'
import { databasePath } from './database-path.ts'

function epochs(trial: number, fold: number, values: readonly number[]): EpochFinished[] {
  return values.map((value, i) => ({
    type: 'epoch-finished',
    trial,
    fold,
    epoch: i + 1,
    metrics: { loss: value / 2, val_loss: value },
  }))
}

async function written() {
  const path = databasePath()
  const storage = sqliteStorage(path)
  await storage.createStudy(exampleStudy('boston'))
  const lease = await storage.acquireLease('boston')
  for (const trial of [0, 1]) {
    await lease.append([
      { type: 'trial-started', trial, params: { rate: 0.5 / (trial + 1), optimizer: 'sgd' }, epochs: 2, at: 1e12 },
      { type: 'fold-started', trial, fold: 0, fromEpoch: 0 },
      { type: 'fold-started', trial, fold: 1, fromEpoch: 0 },
      ...epochs(trial, 0, [4 + trial, 2 + trial]),
      ...epochs(trial, 1, [2 + trial, trial === 0 ? 1 : Number.NaN]),
      {
        type: 'trial-finished',
        trial,
        status: 'complete',
        value: trial === 0 ? 1.5 : Number.NaN,
        metrics: {},
        at: 1e12,
      },
    ])
  }
  await storage.close()
  const db = new Database(path, { readonly: true })
  return (sql: string) => db.prepare(sql).raw().all()
}

test('plain SQL answers what a person asks of a study', async () => {
  const ask = await written()
  expect(ask("SELECT trial, fold, epoch, value FROM epochs WHERE study = 'boston' AND metric = 'val_loss'")).toEqual([
    [0, 0, 1, 4],
    [0, 0, 2, 2],
    [0, 1, 1, 2],
    [0, 1, 2, 1],
    [1, 0, 1, 5],
    [1, 0, 2, 3],
    [1, 1, 1, 3],
    [1, 1, 2, null],
  ])
  expect(ask("SELECT trial, epoch, avg(value) FROM epochs WHERE metric = 'val_loss' GROUP BY trial, epoch")).toEqual([
    [0, 1, 3],
    [0, 2, 1.5],
    [1, 1, 4],
    [1, 2, 3],
  ])
  expect(ask('SELECT trial, value FROM trials ORDER BY value')).toEqual([
    [0, 1.5],
    [1, 'NaN'],
  ])
  const byParam = "SELECT params.value, trials.value FROM trials JOIN params USING (study, trial) WHERE name = 'rate'"
  expect(ask(`${byParam} AND typeof(trials.value) = 'real'`)).toEqual([['0.5', 1.5]])
  expect(ask("SELECT datetime(started_at / 1000, 'unixepoch') FROM trials LIMIT 1")).toEqual([['2001-09-09 01:46:40']])
})

test('ten thousand epochs are kept in one append, and read, in well under a second of work', async () => {
  const storage = sqliteStorage(databasePath())
  await storage.createStudy(exampleStudy('study'))
  const lease = await storage.acquireLease('study')
  const events = epochs(
    0,
    0,
    Array.from({ length: 10_000 }, (_, i) => 1 / (i + 1)),
  )
  await lease.append([
    { type: 'trial-started', trial: 0, params: {}, epochs: 10_000, at: 1 },
    { type: 'fold-started', trial: 0, fold: 0, fromEpoch: 0 },
  ])
  // Processor time, which does not depend on what else the machine does.
  const before = process.cpuUsage()
  await lease.append(events)
  const [trial] = await storage.readTrials('study')
  const { user, system } = process.cpuUsage(before)
  expect(trial?.folds[0]?.curve).toEqual(events.map((event) => event.metrics))
  expect((user + system) / 1e6).toBeLessThan(0.8)
  await storage.close()
})
