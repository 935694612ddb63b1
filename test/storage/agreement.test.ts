import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import type { StudyEvent } from '../../src/storage/events.ts'
import { memoryStorage } from '../../src/storage/memory.ts'
import { sqliteStorage } from '../../src/storage/sqlite/storage.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { exampleStudy, manualClock } from '../contracts/storage.ts'

// Few trials, folds and epochs, so that by chance many events fit what came before and many do not.
const trial = fc.nat(2)
const fold = fc.nat(1)
const number = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, -0, Number.POSITIVE_INFINITY))
const metrics = fc.dictionary(fc.constantFrom('loss', 'val_loss', 'mae'), number, { noNullPrototype: true })
const summary = fc.record({ mean: number, std: number, se: number, folds: fc.array(number, { maxLength: 2 }) })
const summaries = fc.dictionary(fc.constantFrom('loss', 'mae'), summary, { noNullPrototype: true })
const text = fc.oneof(fc.string(), fc.constantFrom('$', '$NaN', '"$'))
const value = fc.oneof(number, text, fc.boolean(), fc.array(number, { maxLength: 3 }))
const params = fc.dictionary(fc.constantFrom('a', 'b', '$c'), value, { noNullPrototype: true })
const note = fc.option(fc.oneof(value, fc.record({ rung: number })))
const cause = fc.record({ message: text, hint: text }, { requiredKeys: ['message'] })
const status = fc.constantFrom('complete', 'pruned', 'diverged', 'failed')
const at = fc.nat(1e13)
const type = <T extends string>(name: T) => fc.constant(name)

const event = fc.oneof(
  fc.record({ type: type('trial-started'), trial, params, epochs: at, note, at }),
  fc.record(
    { type: type('trial-continued'), trial, epochs: at, folds: fc.uniqueArray(fc.nat({ max: 2 })), note, at },
    { requiredKeys: ['type', 'trial', 'epochs', 'folds', 'at'] },
  ),
  { arbitrary: fc.record({ type: type('fold-started'), trial, fold, fromEpoch: fc.nat(2) }), weight: 3 },
  {
    arbitrary: fc.record({ type: type('epoch-finished'), trial, fold, epoch: fc.integer({ min: 1, max: 3 }), metrics }),
    weight: 5,
  },
  fc.record(
    {
      type: type('fold-finished'),
      trial,
      fold,
      status,
      bestEpoch: at,
      metrics,
      engine: text,
      backend: text,
      durationMs: fc.double({ min: 0, noNaN: true }),
      cause,
    },
    { requiredKeys: ['type', 'trial', 'fold', 'status', 'durationMs'] },
  ),
  fc.record(
    { type: type('trial-finished'), trial, status, value: number, metrics: summaries, bestEpoch: at, cause, at },
    { requiredKeys: ['type', 'trial', 'status', 'metrics', 'at'] },
  ),
  fc.record({ type: type('study-finished'), at }),
  fc.record({ type: type('space-grown'), trial, space: fc.record({ n: number }, { noNullPrototype: true }), params }),
  fc.record(
    { type: type('study-reopened'), at, tuner: fc.constant({ name: 'tpe', options: { trials: 7 } }) },
    { requiredKeys: ['type', 'at'] },
  ),
) as fc.Arbitrary<StudyEvent>

// Something to go on from: most events need a fold that was started.
const opening: StudyEvent[] = [0, 1].flatMap((trial) => [
  { type: 'trial-started', trial, params: {}, epochs: 3, at: 1 } as const,
  ...[0, 1].map((fold) => ({ type: 'fold-started', trial, fold, fromEpoch: 0 }) as const),
])
const batch = fc.oneof({ arbitrary: fc.tuple(event), weight: 3 }, fc.array(event, { minLength: 2, maxLength: 3 }))
const appends = fc.array(batch, { minLength: 1, maxLength: 40, size: 'max' }).map((batches) => [opening, ...batches])

test.prop([appends], { numRuns: 150, seed: 1 })('both storages make the same of any events', async (batches) => {
  const clock = manualClock()
  const [inMemory, inSqlite] = await Promise.all([
    outcome(memoryStorage({ clock }), batches),
    outcome(sqliteStorage(':memory:', { clock }), batches),
  ])
  expect(inSqlite).toStrictEqual(inMemory)
})

async function outcome(storage: Storage, batches: readonly StudyEvent[][]) {
  await storage.createStudy(exampleStudy('study'))
  const lease = await storage.acquireLease('study')
  const answers: string[] = []
  for (const events of batches) {
    answers.push(
      await lease.append(events).then(
        () => 'kept',
        ({ code }) => code,
      ),
    )
  }
  const running = await storage.readStudy('study')
  await lease.release()
  const read = [await storage.readStudy('study'), await storage.readTrials('study')]
  await storage.close()
  return { answers, running, read }
}
