import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { systemClock } from '../../src/core/clock.ts'
import { RandomStream } from '../../src/core/random.ts'
import type { Objective } from '../../src/core/study.ts'
import { float } from '../../src/search-space/parameter.ts'
import { Space } from '../../src/search-space/space.ts'
import { memoryCheckpoints } from '../../src/storage/checkpoints.ts'
import { memoryStorage } from '../../src/storage/memory.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { Ledger } from '../../src/study/ledger.ts'
import { Observer } from '../../src/study/observation.ts'
import { Proposals } from '../../src/study/proposals.ts'
import { Scheduler } from '../../src/study/scheduler.ts'
import { asha } from '../../src/tuners/asha/asha.ts'
import { bohb } from '../../src/tuners/bohb/bohb.ts'
import { hyperband } from '../../src/tuners/hyperband/hyperband.ts'
import type { Pruner } from '../../src/tuners/pruner.ts'
import { randomSearch } from '../../src/tuners/random-search.ts'
import type { History, Suggestion, Tuner } from '../../src/tuners/tuner.ts'
import { OutOfOrderRunner, type Script } from './out-of-order-runner.ts'

const objective: Objective = { metric: 'val_loss', direction: 'minimize' }
const space = Space.declare({ x: float(0, 1) })
const context = { space, random: new RandomStream('tuner'), epochs: 3 }
const losses: Script = ({ trial, fold, params }) => [3, 2, 1].map((loss) => loss + Number(params.x) + fold / 8 + trial)

interface Options {
  readonly workers?: number
  readonly folds?: number
  readonly seed?: number
  readonly script?: Script
  readonly tuner?: Tuner
  readonly window?: number
  readonly pruner?: Pruner
  readonly storage?: Storage
  readonly signal?: AbortSignal
}

async function run(options: Options) {
  const {
    workers = 2,
    folds = 3,
    seed = 0,
    script = losses,
    tuner = randomSearch({ trials: 5 }).create(context),
  } = options
  const storage = options.storage ?? (await emptyStudy())
  const lease = await storage.acquireLease('study')
  const ledger = new Ledger('study', lease, await storage.readTrials('study'))
  const runner = new OutOfOrderRunner(workers, seed, script)
  const observer = new Observer(objective)
  const scheduler = new Scheduler({
    seed: 1,
    objective,
    folds,
    ledger,
    observer,
    proposals: new Proposals({ tuner, observer, window: options.window }),
    runner,
    checkpoints: memoryCheckpoints(),
    pruner: options.pruner,
    clock: systemClock,
    signal: options.signal ?? new AbortController().signal,
  })
  const error = await scheduler.run().then(
    () => undefined,
    (reason: unknown) => reason,
  )
  await ledger.close()
  await lease.release()
  const trials = await storage.readTrials('study')
  return { trials, runner, storage, error }
}

async function emptyStudy(): Promise<Storage> {
  const storage = memoryStorage()
  const tuner = { name: 'randomSearch', options: {} }
  const rest = { space: {}, tuner, objective, settings: {}, environment: {}, createdAt: 0 }
  await storage.createStudy({ name: 'study', seed: 1, source: { kind: 'inline' }, ...rest })
  return storage
}

const results = (trials: Awaited<ReturnType<typeof run>>['trials']) =>
  trials.map(({ number, status, value, metrics, bestEpoch, folds }) => ({
    number,
    status,
    value,
    metrics,
    bestEpoch,
    folds: folds.map(({ fold, curve, status: end }) => ({ fold, curve, end })),
  }))

property.prop([fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.nat()], { seed: 4, numRuns: 40 })(
  'any number of workers, in any order: every fold once, the same results',
  async (workers, folds, seed) => {
    const { trials, runner, error } = await run({ workers, folds, seed })
    expect(error).toBeUndefined()
    const jobs = runner.started.map(({ trial, fold }) => `${trial}/${fold}`)
    expect(new Set(jobs).size).toBe(jobs.length)
    expect(jobs).toHaveLength(5 * folds)
    const alone = await run({ workers: 1, folds })
    expect(results(trials)).toEqual(results(alone.trials))
    expect(trials.every(({ status }) => status === 'complete')).toBe(true)
  },
)

property.prop([fc.integer({ min: 1, max: 4 }), fc.nat(), fc.integer({ min: 0, max: 40 })], { seed: 4, numRuns: 40 })(
  'cut at any moment and run again: nothing finished is done again, and the results are those of one run',
  async (workers, seed, turns) => {
    const abort = new AbortController()
    const cut = run({ workers, seed, signal: abort.signal })
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
    abort.abort()
    const { storage, trials: before } = await cut
    const done = before.flatMap(({ number, folds }) =>
      folds.filter(({ status }) => status === 'complete').map(({ fold }) => `${number}/${fold}`),
    )
    const { trials, runner } = await run({ workers, seed: seed + 1, storage })
    const again = runner.started.map(({ trial, fold }) => `${trial}/${fold}`)
    expect(again.filter((job) => done.includes(job))).toEqual([])
    expect(results(trials)).toEqual(results((await run({ workers: 1 })).trials))
  },
)

describe('a fold that decides its trial', () => {
  test('a failure ends the other folds; the trial is recorded with its cause', async () => {
    const script: Script = (job) => (job.trial === 1 && job.fold === 0 ? 'fails' : losses(job))
    const { trials, error } = await run({ workers: 3, script })
    expect(error).toBeUndefined()
    expect(trials.map(({ status }) => status)).toEqual(['complete', 'failed', 'complete', 'complete', 'complete'])
    expect(trials[1]).toMatchObject({ cause: { message: 'scripted' } })
    expect(trials[1]?.folds.filter(({ status }) => status === 'complete')).toEqual([])
  })

  test('a pruned fold ends the trial at once, and its curve counts', async () => {
    const pruner: Pruner = {
      name: 'second epoch of trial 2',
      decide: ({ number }, { epoch }) => (number === 2 && epoch === 2 ? 'stop' : 'continue'),
      toJSON: () => ({ name: 'test', options: {} }),
    }
    const { trials, runner } = await run({ workers: 1, pruner })
    expect(trials[2]).toMatchObject({ status: 'pruned', value: expect.any(Number) })
    expect(trials[2]?.folds).toHaveLength(1)
    expect(trials[2]?.folds[0]?.curve).toHaveLength(2)
    expect(runner.started.filter(({ trial }) => trial === 2)).toHaveLength(1)
  })
})

/** Trials of one epoch each; once all three are done, the best goes on to three epochs. */
class PromoteBest implements Tuner {
  readonly name = 'promoteBest'
  readonly capabilities = { adaptive: true, budgets: true, finite: true }

  suggest(history: History, count: number): Suggestion[] {
    const fresh = 3 - history.length
    if (fresh > 0) {
      return Array.from({ length: Math.min(count, fresh) }, (_, i) => ({
        params: { x: (history.length + i) / 4 },
        epochs: 1,
      }))
    }
    if (history.some(({ status }) => status === 'pending') || history.some(({ epochs }) => epochs === 3)) return []
    const best = [...history].sort((a, b) => Number(a.value) - Number(b.value))[0]
    return best === undefined ? [] : [{ params: best.params, epochs: 3, continueFrom: best.number }]
  }

  toJSON() {
    return { name: this.name, options: {} }
  }
}

describe('a trial that goes on', () => {
  test('keeps its number and its curve, and trains only what is missing', async () => {
    const { trials, runner } = await run({ tuner: new PromoteBest(), workers: 2 })
    expect(trials.map(({ epochs, folds }) => [epochs, folds.map(({ curve }) => curve.length)])).toEqual([
      [3, [3, 3, 3]],
      [1, [1, 1, 1]],
      [1, [1, 1, 1]],
    ])
    const went = runner.started.filter(({ epochs }) => epochs.to === 3)
    expect(went.map(({ trial, epochs }) => [trial, epochs.from])).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ])
    expect(trials[0]).toMatchObject({ status: 'complete', bestEpoch: 3 })
  })

  test('a fold that had stopped early is left as it is', async () => {
    const curve = (trial: number, fold: number) => [3, 2, 1].slice(0, fold === 1 ? 1 : 3).map((loss) => loss + trial)
    const early: Script = ({ trial, fold }) => curve(trial, fold)
    const slow = new (class extends PromoteBest {
      override suggest(history: History, count: number) {
        return super.suggest(history, count).map((one) => ({ ...one, epochs: one.epochs === 1 ? 2 : 3 }))
      }
    })()
    const { trials, runner } = await run({ tuner: slow, script: early, workers: 2 })
    expect(trials[0]?.folds.map(({ curve }) => curve.length)).toEqual([3, 1, 3])
    expect(runner.started.filter(({ epochs }) => epochs.to === 3).map(({ fold }) => fold)).toEqual([0, 2])
  })
})

/** Proposes what it sees, so that a test can read it back. */
class Witness implements Tuner {
  readonly name = 'witness'
  readonly capabilities = { adaptive: true, budgets: false, finite: false }

  suggest(history: History) {
    if (history.length === 12) return []
    const seen = history.filter(({ status }) => status === 'complete').length
    return [{ params: { x: seen / 100 }, epochs: 3 }]
  }

  toJSON() {
    return { name: this.name, options: {} }
  }
}

property.prop([fc.integer({ min: 1, max: 6 }), fc.nat()], { seed: 4, numRuns: 30 })(
  'a window fixes what the tuner sees, whatever the workers do',
  async (workers, seed) => {
    const { trials } = await run({ tuner: new Witness(), window: 4, workers, seed, folds: 2 })
    const seen = trials.map(({ params }) => Math.round(Number(params.x) * 100))
    expect(seen).toEqual([0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8])
  },
)

/** Ten epochs that get better, the more so the larger x. */
const tenEpochs: Script = ({ params, fold }) =>
  Array.from({ length: 10 }, (_, i) => 2 - Number(params.x) + 1 / (i + 1) + fold / 8)

const budgeted = [
  ['hyperband', () => hyperband().create({ ...context, epochs: 9 })],
  ['asha', () => asha({ trials: 12 }).create({ ...context, epochs: 9 })],
  ['bohb', () => bohb().create({ ...context, epochs: 9 })],
] as const

describe.each(budgeted)('a window for %s, which continues trials', (_, tuner) => {
  const options = { window: 4, folds: 2, script: tenEpochs }
  const whole = run({ ...options, tuner: tuner(), workers: 1 })

  property.prop([fc.integer({ min: 2, max: 6 }), fc.nat()], { seed: 4, numRuns: 8 })(
    'gives the same study with any number of workers',
    async (workers, seed) => {
      const { trials, error } = await run({ ...options, tuner: tuner(), workers, seed })
      expect(error).toBeUndefined()
      expect(asked(trials)).toEqual(asked((await whole).trials))
      expect(results(trials)).toEqual(results((await whole).trials))
      expect(trials.some(({ epochs }) => epochs === 9)).toBe(true)
    },
  )

  property.prop([fc.integer({ min: 1, max: 4 }), fc.nat(), fc.integer({ min: 1, max: 150 })], { seed: 4, numRuns: 8 })(
    'and when it is cut and run again',
    async (workers, seed, turns) => {
      const abort = new AbortController()
      const cut = run({ ...options, tuner: tuner(), workers, seed, signal: abort.signal })
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
      abort.abort()
      const { trials } = await run({
        ...options,
        tuner: tuner(),
        workers,
        seed: seed + 1,
        storage: (await cut).storage,
      })
      expect(asked(trials)).toEqual(asked((await whole).trials))
      expect(results(trials)).toEqual(results((await whole).trials))
    },
  )
})

const asked = (trials: Awaited<ReturnType<typeof run>>['trials']) =>
  trials.map(({ params, epochs, note }) => ({ params, epochs, note }))
