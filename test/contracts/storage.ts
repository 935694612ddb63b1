import { describe, expect, test } from 'vitest'
import type { Checkpoint } from '../../src/core/checkpoint.ts'
import type { Clock } from '../../src/core/clock.ts'
import type { Direction, StudyRecord } from '../../src/core/study.ts'
import type { Metrics } from '../../src/core/trial.ts'
import type { StudyEvent } from '../../src/storage/events.ts'
import type { Storage } from '../../src/storage/storage.ts'

/** A clock that a test sets. */
export interface ManualClock extends Clock {
  time: number
}

export function manualClock(time = 1_000_000): ManualClock {
  return {
    time,
    now() {
      return this.time
    },
  }
}

export type StorageFactory = (clock: Clock) => Storage

/** What every storage must do. Each rule gets a fresh, empty storage. */
const rules = {
  'gives a study back as it was created': async (storage) => {
    const study = exampleStudy('odd', { settings: { infinite: Number.POSITIVE_INFINITY, zero: -0, text: '$NaN' } })
    await storage.createStudy(study)
    expect((await storage.readStudy('odd'))?.study).toStrictEqual(study)
    expect((await storage.listStudies()).map((summary) => summary.study)).toStrictEqual([study])
  },

  'refuses a second study of a name': async (storage) => {
    await storage.createStudy(exampleStudy('one'))
    await expect(storage.createStudy(exampleStudy('one', { seed: 2 }))).rejects.toMatchObject({ code: 'study/changed' })
    expect((await storage.readStudy('one'))?.study.seed).toBe(1)
  },

  'says which study it does not know': async (storage) => {
    const unknown = { code: 'study/unknown', message: expect.stringContaining('"none"') }
    expect(await storage.readStudy('none')).toBeUndefined()
    await expect(storage.readTrials('none')).rejects.toMatchObject(unknown)
    await expect(storage.acquireLease('none')).rejects.toMatchObject(unknown)
  },

  'lists the last used study first': async (storage, clock) => {
    for (const [i, name] of ['a', 'b', 'c'].entries()) await storage.createStudy(exampleStudy(name, { createdAt: i }))
    clock.time = 2000
    const lease = await storage.acquireLease('a')
    clock.time = 3000
    await storage.acquireLease('b')
    expect((await storage.listStudies()).map(usedAt)).toEqual(['b 3000', 'a 2000', 'c 2'])
    clock.time = 4000
    await lease.append([started(0)])
    expect((await storage.listStudies()).map(usedAt)).toEqual(['a 4000', 'b 3000', 'c 2'])
    clock.time = 5000
    await lease.release()
    expect((await storage.listStudies()).map(usedAt)).toEqual(['a 4000', 'b 3000', 'c 2'])
  },

  'reads trials in number order': async (storage) => {
    const append = await writerOf(storage)
    await append([started(2), started(10), started(0)])
    await append([started(1)])
    expect((await storage.readTrials('study')).map((trial) => trial.number)).toEqual([0, 1, 2, 10])
  },

  'reads folds in order and curves from the first epoch on': async (storage) => {
    const append = await writerOf(storage)
    await append([started(0), fold(0, 10), fold(0, 2), fold(0, 0), epoch(0, 2, 1), epoch(0, 0, 1)])
    await append(Array.from({ length: 11 }, (_, i) => epoch(0, 2, i + 2)))
    const [trial] = await storage.readTrials('study')
    expect(trial?.folds.map((record) => record.fold)).toEqual([0, 2, 10])
    expect(trial?.folds[1]?.curve).toEqual(Array.from({ length: 12 }, (_, i) => losses(i + 1)))
  },

  'keeps every number bit for bit': async (storage) => {
    const numbers = [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      -0,
      0,
      0.1 + 0.2,
      5e-324,
      2 ** 60,
      1,
    ]
    const append = await writerOf(storage)
    for (const [trial, x] of numbers.entries()) {
      const summary = { mean: x, std: x, se: x, folds: [x, x] }
      await append([
        { type: 'trial-started', trial, params: { x, list: [x, 1] }, epochs: 1, note: { x }, at: 1 },
        fold(trial, 0),
        epoch(trial, 0, 1, { loss: x }),
        { type: 'fold-finished', trial, fold: 0, status: 'complete', metrics: { loss: x }, durationMs: 0.1 },
        { type: 'trial-finished', trial, status: 'complete', value: x, metrics: { loss: summary }, at: 2 },
      ])
      const record = (await storage.readTrials('study'))[trial]
      expect(record).toMatchObject({ params: { x, list: [x, 1] }, note: { x }, value: x, metrics: { loss: summary } })
      expect(record?.folds[0]).toMatchObject({ curve: [{ loss: x }], metrics: { loss: x }, durationMs: 0.1 })
    }
  },

  'gives back all of a record': async (storage) => {
    const append = await writerOf(storage)
    const cause = { code: 'runner/timeout', message: 'Too slow.', hint: 'Wait.', stack: 'a\nb' } as const
    const metrics = { val_loss: { mean: 2, std: 0, se: 0, folds: [2] } }
    const params = { rate: 0.1, units: 8, optimizer: '$gd', bias: true, widths: [3, 4] }
    const result = { bestEpoch: 1, metrics: { loss: 1, val_loss: 2 }, engine: 'simd', backend: 'wasm', durationMs: 7.5 }
    await append([
      { type: 'trial-started', trial: 0, params, epochs: 9, note: [null, { rung: 1 }], at: 5 },
      fold(0, 0),
      epoch(0, 0, 1),
      { type: 'fold-finished', trial: 0, fold: 0, status: 'failed', ...result, cause },
      { type: 'trial-finished', trial: 0, status: 'failed', value: 3, metrics, bestEpoch: 1, cause, at: 6 },
    ])
    const folds = [{ fold: 0, status: 'failed', curve: [losses(1)], ...result, attempts: 1, cause }]
    const asked = { number: 0, params, epochs: 9, note: [null, { rung: 1 }], startedAt: 5 }
    const outcome = { status: 'failed', value: 3, metrics, bestEpoch: 1, cause, finishedAt: 6 }
    const [trial] = await storage.readTrials('study')
    expect(trial).toStrictEqual({ ...asked, ...outcome, folds })
    expect(Object.keys(trial?.params ?? {})).toEqual(Object.keys(params))
  },

  'leaves out what there is not': async (storage) => {
    const append = await writerOf(storage)
    await append([started(0), fold(0, 0), started(1), fold(1, 0)])
    await append([
      { type: 'fold-finished', trial: 1, fold: 0, status: 'failed', durationMs: 1 },
      { type: 'trial-finished', trial: 1, status: 'failed', metrics: {}, at: 4 },
    ])
    const common = { params: { x: 1 }, epochs: 3, metrics: {}, startedAt: 1 }
    const running = { fold: 0, status: 'running', curve: [], attempts: 1 }
    const failed = { fold: 0, status: 'failed', curve: [], attempts: 1, durationMs: 1 }
    expect(await storage.readTrials('study')).toStrictEqual([
      { number: 0, status: 'running', ...common, folds: [running] },
      { number: 1, status: 'failed', ...common, folds: [failed], finishedAt: 4 },
    ])
  },

  'keeps an epoch that has no metrics': async (storage) => {
    const append = await writerOf(storage)
    await append([started(0), fold(0, 0), epoch(0, 0, 1, {}), epoch(0, 0, 2), epoch(0, 0, 3, {})])
    expect((await storage.readTrials('study'))[0]?.folds[0]?.curve).toEqual([{}, losses(2), {}])
  },

  'forgets what comes after the epoch from which a fold starts again, and nothing else': async (storage) => {
    const append = await writerOf(storage)
    const epochs = [1, 2, 3].flatMap((n) => [epoch(0, 0, n), epoch(0, 1, n)])
    await append([started(0), fold(0, 0), fold(0, 1), ...epochs, foldDone(0, 0), foldDone(0, 1), fold(0, 0, 2)])
    const restarted = { fold: 0, status: 'running', curve: [losses(1), losses(2)], attempts: 2 }
    const [trial] = await storage.readTrials('study')
    expect(trial?.folds[0]).toStrictEqual(restarted)
    expect(trial?.folds[1]).toMatchObject({ status: 'complete', curve: [losses(1), losses(2), losses(3)], attempts: 1 })
    await append([epoch(0, 0, 3, { loss: 7 }), fold(0, 0, 3), fold(0, 0, 0)])
    expect((await storage.readTrials('study'))[0]?.folds[0]).toStrictEqual({ ...restarted, curve: [], attempts: 4 })
  },

  'keeps the causes of lost attempts, through later ones and continuations': async (storage) => {
    const append = await writerOf(storage)
    const cause = { code: 'runner/worker-lost', message: 'Gone.', stack: 'a\nb', log: 'printed' } as const
    const lose = (durationMs: number) => ({ type: 'attempt-lost', trial: 0, fold: 1, durationMs, cause }) as const
    await append([started(0), fold(0, 0), fold(0, 1), epoch(0, 1, 1), lose(3), fold(0, 1), lose(4.5), fold(0, 1)])
    const lost = [
      { attempt: 1, durationMs: 3, cause },
      { attempt: 2, durationMs: 4.5, cause },
    ]
    const read = async () => (await storage.readTrials('study'))[0]?.folds
    expect((await read())?.[1]).toStrictEqual({ fold: 1, status: 'running', curve: [], attempts: 3, lost })
    expect((await read())?.[0]).not.toHaveProperty('lost')
    await append([epoch(0, 1, 1), foldDone(0, 1), trialDone(0, 1)])
    expect((await read())?.[1]).toMatchObject({ status: 'complete', attempts: 3, lost })
    await append([{ type: 'trial-continued', trial: 0, epochs: 9, folds: [1], at: 3 }, fold(0, 1, 1)])
    expect((await read())?.[1]).toStrictEqual({ fold: 1, status: 'running', curve: [losses(1)], attempts: 4, lost })
  },

  'keeps how busy the workers of each run were': async (storage) => {
    const append = await writerOf(storage)
    await storage.createStudy(exampleStudy('other'))
    const runs = [
      { startedAt: 5, finishedAt: 105, workers: 2, busyMs: 190.5 },
      { startedAt: 200, finishedAt: 201, workers: 1, busyMs: 0 },
    ]
    for (const run of runs) await append([{ type: 'run-finished', ...run }])
    expect(await storage.readRuns('study')).toStrictEqual(runs)
    expect(await storage.readRuns('other')).toEqual([])
    await expect(storage.readRuns('none')).rejects.toMatchObject({ code: 'study/unknown' })
  },

  'continues a trial: its curves stay, its result goes, the folds named run again': async (storage) => {
    const append = await writerOf(storage)
    await append([{ ...started(0), note: 'rung 0' }, fold(0, 0), epoch(0, 0, 1), foldDone(0, 0)])
    await append([fold(0, 1), epoch(0, 1, 1), foldDone(0, 1), trialDone(0, 5)])
    await append([{ type: 'trial-continued', trial: 0, epochs: 9, folds: [0], at: 3 }])
    const [trial] = await storage.readTrials('study')
    const folds = [
      { fold: 0, status: 'running', curve: [losses(1)], attempts: 1 },
      expect.objectContaining({ fold: 1, status: 'complete', curve: [losses(1)], bestEpoch: 1 }),
    ]
    const asked = { number: 0, params: { x: 1 }, epochs: 9, note: 'rung 0', startedAt: 1 }
    expect(trial).toStrictEqual({ ...asked, status: 'running', metrics: {}, folds })
    await append([{ type: 'trial-continued', trial: 0, epochs: 27, folds: [0], note: null, at: 4 }])
    expect((await storage.readTrials('study'))[0]).toMatchObject({ epochs: 27, note: null })
  },

  'refuses an event that does not fit': async (storage) => {
    const append = await writerOf(storage)
    await append([started(0), fold(0, 0), epoch(0, 0, 1)])
    const misfits: StudyEvent[] = [
      started(0),
      { type: 'trial-continued', trial: 1, epochs: 2, folds: [], at: 1 },
      trialDone(1, 1),
      fold(1, 0),
      fold(0, 1, 1),
      fold(0, 0, 2),
      epoch(0, 1, 1),
      epoch(0, 0, 1),
      epoch(0, 0, 3),
      foldDone(0, 1),
      { type: 'attempt-lost', trial: 0, fold: 1, durationMs: 1, cause: { message: 'no such fold' } },
    ]
    for (const event of misfits) {
      await expect(append([event]), JSON.stringify(event)).rejects.toMatchObject({ code: 'storage/bad-event' })
    }
  },

  'keeps all events of an append or none': async (storage) => {
    const append = await writerOf(storage)
    await append([started(0), fold(0, 0), epoch(0, 0, 1)])
    const before = await storage.readTrials('study')
    const good = [started(1), epoch(0, 0, 2), foldDone(0, 0), fold(0, 0, 0), trialDone(0, 1)]
    await expect(append([...good, epoch(0, 7, 1)])).rejects.toMatchObject({ code: 'storage/bad-event' })
    expect(await storage.readTrials('study')).toStrictEqual(before)
    await append(good)
    expect(await storage.readTrials('study')).toMatchObject([{ status: 'complete' }, { number: 1 }])
  },

  'keeps studies apart': async (storage) => {
    const one = await writerOf(storage, 'one')
    const two = await writerOf(storage, 'two')
    await one([started(0), fold(0, 0), epoch(0, 0, 1), trialDone(0, 1)])
    await two([{ ...started(0), params: { x: 2 } }, started(1), { type: 'study-finished', at: 9 }])
    expect(await storage.readTrials('one')).toMatchObject([{ params: { x: 1 }, folds: [{ fold: 0 }] }])
    expect(await storage.readTrials('two')).toMatchObject([{ params: { x: 2 }, folds: [] }, { number: 1 }])
    expect(await storage.readStudy('two')).not.toHaveProperty('value')
  },

  'shows the best value of the complete trials': async (storage) => {
    for (const [direction, best] of [
      ['minimize', -2],
      ['maximize', 4],
    ] satisfies [Direction, number][]) {
      const append = await writerOf(storage, direction, { objective: { metric: 'val_loss', direction } })
      await append([started(0)])
      expect(await storage.readStudy(direction)).toMatchObject({ trials: 1 })
      expect(await storage.readStudy(direction)).not.toHaveProperty('value')
      const outcomes = [Number.NaN, 4, -2, 3]
      await append(outcomes.flatMap((value, i) => [started(i + 1), trialDone(i + 1, value)]))
      const others = (['pruned', 'diverged', 'failed'] as const).flatMap((status, i) =>
        [-9, 9].flatMap((value, j) => [started(10 + 2 * i + j), { ...trialDone(10 + 2 * i + j, value), status }]),
      )
      await append(others)
      expect(await storage.readStudy(direction)).toMatchObject({ trials: 11, value: best })
      expect((await storage.listStudies())[0]).toMatchObject({ trials: 11, value: best })
    }
  },

  'says whether a study runs, was interrupted or is complete': async (storage) => {
    const status = async () => (await storage.readStudy('study'))?.status
    await storage.createStudy(exampleStudy('study'))
    expect(await status()).toBe('interrupted')
    const lease = await storage.acquireLease('study')
    expect(await status()).toBe('running')
    await lease.append([{ type: 'study-finished', at: 1 }])
    expect(await status()).toBe('running')
    await lease.release()
    expect(await status()).toBe('complete')
    const again = await storage.acquireLease('study')
    await again.append([{ type: 'study-reopened', at: 2 }])
    await again.release()
    expect(await status()).toBe('interrupted')
  },

  'takes another tuner when a study is reopened, and keeps its own otherwise': async (storage) => {
    await storage.createStudy(exampleStudy('study'))
    const lease = await storage.acquireLease('study')
    const tuner = { name: 'randomSearch', options: { trials: 12345 } }
    await lease.append([{ type: 'study-reopened', tuner, at: 1 }])
    await lease.append([{ type: 'study-reopened', at: 2 }])
    expect((await storage.readStudy('study'))?.study).toStrictEqual({ ...exampleStudy('study'), tuner })
  },

  'keeps the last checkpoint of each fold, study by study': async (storage) => {
    for (const name of ['study', 'other/study']) await storage.createStudy(exampleStudy(name))
    const of = (epoch: number): Checkpoint => {
      const weights = [{ name: 'kernel', shape: [2], values: Float32Array.of(epoch, Number.NaN) }]
      return { epoch, weights, optimizer: [], stopping: { bestEpoch: 1, bestValue: 0.5, bestWeights: weights } }
    }
    const [one, other] = [storage.checkpoints('study'), storage.checkpoints('other/study')]
    expect(await one.load(0, 0)).toBeUndefined()
    for (const epoch of [1, 2]) await one.save(3, 1, of(epoch))
    await one.save(3, 0, of(7))
    await other.save(3, 1, of(9))
    expect(await one.load(3, 1)).toStrictEqual(of(2))
    expect(await one.load(3, 0)).toStrictEqual(of(7))
    await one.save(4, 0, of(5))
    const kept = (await one.list()).sort((a, b) => a.trial - b.trial || a.fold - b.fold)
    expect(kept.map(({ trial, fold }) => [trial, fold])).toEqual([
      [3, 0],
      [3, 1],
      [4, 0],
    ])
    expect(kept[2]?.bytes).toBe(await one.save(4, 0, of(5)))
    expect(kept[2]?.bytes).toBeGreaterThanOrEqual(16)
    await one.drop(3)
    expect(await one.load(3, 1)).toBeUndefined()
    expect((await one.list()).map(({ trial }) => trial)).toEqual([4])
    await one.clear()
    expect(await one.list()).toEqual([])
    expect(await other.load(3, 1)).toStrictEqual(of(9))
    await other.clear()
  },

  'forgets checkpoints of several trials at once': async (storage) => {
    await storage.createStudy(exampleStudy('study'))
    const store = storage.checkpoints('study')
    const trials = Array.from({ length: 40 }, (_, trial) => trial)
    const checkpoint = { epoch: 1, weights: [], optimizer: [] }
    for (const trial of trials) for (const fold of [0, 1]) await store.save(trial, fold, checkpoint)
    const meanwhile: Promise<unknown>[] = []
    for (const trial of trials.slice(0, -1)) {
      meanwhile.push(store.list(), store.drop(trial))
      // Each at another stage than the ones before it, so that what one has found another deletes.
      await new Promise((resolve) => setImmediate(resolve))
    }
    await Promise.all(meanwhile)
    expect((await store.list()).map(({ trial }) => trial)).toEqual([39, 39])
    await store.clear()
  },

  'lets one write at a time': async (storage) => {
    await storage.createStudy(exampleStudy('study'))
    const first = await storage.acquireLease('study')
    const busy = { code: 'study/busy', message: expect.stringContaining(String(process.pid)) }
    await expect(storage.acquireLease('study')).rejects.toMatchObject(busy)
    await first.append([started(0)])
    await first.release()
    const second = await storage.acquireLease('study')
    await first.release()
    await second.append([started(1)])
    expect(await storage.readTrials('study')).toHaveLength(2)
  },

  'writes nothing for a lease that was given back': async (storage) => {
    await storage.createStudy(exampleStudy('study'))
    const first = await storage.acquireLease('study')
    await first.release()
    await expect(first.append([started(0)])).rejects.toMatchObject({ code: 'storage/lost-lease' })
    await storage.acquireLease('study')
    await expect(first.append([started(0)])).rejects.toMatchObject({ code: 'storage/lost-lease' })
    expect(await storage.readTrials('study')).toEqual([])
  },

  'gives records that do not change afterwards': async (storage) => {
    const append = await writerOf(storage)
    const params = { x: 1, list: [1] }
    await append([{ ...started(0), params }, fold(0, 0), epoch(0, 0, 1)])
    const before = await storage.readTrials('study')
    const copy = structuredClone(before)
    params.list.push(2)
    await append([epoch(0, 0, 2), epoch(0, 0, 3), foldDone(0, 0), trialDone(0, 1)])
    const after = await storage.readTrials('study')
    expect(after[0]?.params).toEqual({ x: 1, list: [1] })
    expect(before).toStrictEqual(copy)
  },
} satisfies Record<string, (storage: Storage, clock: ManualClock) => Promise<void>>

export type StorageRule = keyof typeof rules

export const storageRules = Object.keys(rules) as StorageRule[]

/** Rejects with what failed if a storage breaks the rule. */
export async function checkStorageRule(rule: StorageRule, make: StorageFactory): Promise<void> {
  const clock = manualClock()
  const storage = make(clock)
  try {
    await rules[rule](storage, clock)
  } finally {
    await storage.close()
  }
}

export function describeStorage(name: string, make: StorageFactory): void {
  describe(`${name} keeps the contract of a storage:`, () => {
    test.each(storageRules)('%s', (rule) => checkStorageRule(rule, make))
  })
}

export function exampleStudy(name: string, changes: Partial<StudyRecord> = {}): StudyRecord {
  return {
    name,
    seed: 1,
    source: { kind: 'module', path: 'study.ts' },
    space: { rate: { kind: 'float', low: 0, high: 1 } },
    tuner: { name: 'random', options: { trials: 3 } },
    objective: { metric: 'val_loss', direction: 'minimize' },
    settings: { folds: 4 },
    environment: { node: '20' },
    createdAt: 5,
    ...changes,
  }
}

async function writerOf(storage: Storage, name = 'study', changes: Partial<StudyRecord> = {}) {
  await storage.createStudy(exampleStudy(name, changes))
  const lease = await storage.acquireLease(name)
  return (events: readonly StudyEvent[]) => lease.append(events)
}

function usedAt({ study, lastUsedAt }: { study: StudyRecord; lastUsedAt: number }): string {
  return `${study.name} ${lastUsedAt}`
}

function losses(n: number): Metrics {
  return { loss: n / 3, val_loss: n / 7 }
}

function started(trial: number) {
  return { type: 'trial-started', trial, params: { x: 1 }, epochs: 3, at: 1 } as const
}

function fold(trial: number, fold: number, fromEpoch = 0) {
  return { type: 'fold-started', trial, fold, fromEpoch } as const
}

function epoch(trial: number, fold: number, epoch: number, metrics: Metrics = losses(epoch)) {
  return { type: 'epoch-finished', trial, fold, epoch, metrics } as const
}

function foldDone(trial: number, fold: number) {
  const result = { bestEpoch: 1, metrics: losses(1), engine: 'simd', backend: 'wasm', durationMs: 1 }
  return { type: 'fold-finished', trial, fold, status: 'complete', ...result } as const
}

function trialDone(trial: number, value: number) {
  return { type: 'trial-finished', trial, status: 'complete', value, metrics: {}, bestEpoch: 1, at: 2 } as const
}
