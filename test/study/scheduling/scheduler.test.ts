import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { systemClock } from '../../../src/core/clock.ts'
import type { ErrorCode } from '../../../src/core/errors.ts'
import { RandomStream } from '../../../src/core/random.ts'
import type { Objective } from '../../../src/core/study.ts'
import { float } from '../../../src/search-space/parameter.ts'
import { Space } from '../../../src/search-space/space.ts'
import { memoryCheckpoints } from '../../../src/storage/checkpoints.ts'
import { memoryStorage } from '../../../src/storage/memory.ts'
import type { Storage } from '../../../src/storage/storage.ts'
import { type FaultOptions, resolveFaults } from '../../../src/study/scheduling/faults.ts'
import { Ledger } from '../../../src/study/scheduling/ledger.ts'
import { Observer } from '../../../src/study/scheduling/observation.ts'
import { Proposals } from '../../../src/study/scheduling/proposals.ts'
import { Pruning } from '../../../src/study/scheduling/pruning.ts'
import { Retention, resolveRetention } from '../../../src/study/scheduling/retention.ts'
import { Scheduler } from '../../../src/study/scheduling/scheduler.ts'
import { asha } from '../../../src/tuners/asha/asha.ts'
import { bohb } from '../../../src/tuners/bohb/bohb.ts'
import { hyperband } from '../../../src/tuners/hyperband/hyperband.ts'
import type { Pruner } from '../../../src/tuners/pruner.ts'
import { medianPruner } from '../../../src/tuners/pruners/percentile-pruner.ts'
import { randomSearch } from '../../../src/tuners/random-search.ts'
import type { History, Suggestion, Tuner } from '../../../src/tuners/tuner.ts'
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
  readonly faults?: FaultOptions
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
  const proposals = new Proposals({ tuner, observer, window: options.window })
  const checkpoints = await Retention.open({
    store: memoryCheckpoints(),
    policy: resolveRetention({}),
    direction: objective.direction,
    trials: () => ledger.trials,
    mayContinue: () => proposals.mayContinue(ledger.trials),
  })
  const scheduler = new Scheduler({
    seed: 1,
    objective,
    folds,
    ledger,
    proposals,
    runner,
    checkpoints,
    keepCheckpoints: proposals.continuesTrials,
    faults: resolveFaults(options.faults ?? {}),
    pruning: options.pruner && new Pruning({ pruner: options.pruner, observer, window: options.window }, tuner),
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
    const script: Script = (job) => (job.trial === 1 && job.fold === 0 ? 'fails' : losses(job, 1))
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

describe('an attempt that comes to nothing', () => {
  const whole = run({ workers: 2 })
  const failing = (times: number, code: ErrorCode, which = '2/1'): Script => {
    return (job, attempt) => {
      const all = losses(job, attempt) as readonly number[]
      return `${job.trial}/${job.fold}` === which && attempt <= times ? [...all.slice(0, 2), code] : all
    }
  }

  property.prop([fc.integer({ min: 1, max: 4 }), fc.nat(), fc.subarray([0, 1, 2, 3, 4])], { seed: 4, numRuns: 30 })(
    'is made good by the next one, to the same study: the worker was lost',
    async (workers, seed, unlucky) => {
      const script: Script = (job, attempt) => failing(2, 'runner/worker-lost', `${unlucky[job.trial]}/1`)(job, attempt)
      const { trials, error } = await run({ workers, seed, script })
      expect(error).toBeUndefined()
      expect(results(trials)).toEqual(results((await whole).trials))
    },
  )

  test('is kept with its cause', async () => {
    const { trials } = await run({ script: failing(2, 'runner/worker-lost') })
    const cause = { code: 'runner/worker-lost', message: 'scripted' }
    const lost = [1, 2].map((attempt) => ({ attempt, durationMs: 1, cause }))
    expect(trials[2]?.folds[1]).toMatchObject({ status: 'complete', attempts: 3, lost })
    expect(trials[2]?.folds[0]).not.toHaveProperty('lost')
  })

  test.each<[ErrorCode, FaultOptions, number]>([
    ['runner/worker-lost', {}, 3],
    ['runner/worker-lost', { attempts: 5 }, 5],
    ['runner/worker-lost', { attempts: 1 }, 1],
    ['runner/timeout', {}, 2],
    ['runner/out-of-memory', {}, 2],
    ['runner/out-of-memory', { attempts: 1 }, 1],
    ['model/threw', {}, 1],
    ['engine/unsupported', {}, 1],
  ])(
    '%s with %j: %i attempts, then the trial has failed with that cause, its curve kept',
    async (code, faults, count) => {
      const { trials, runner, error } = await run({ script: failing(9, code), faults })
      expect(error).toBeUndefined()
      expect(runner.started.filter(({ trial, fold }) => trial === 2 && fold === 1)).toHaveLength(count)
      expect(trials.map(({ status }) => status)).toEqual(['complete', 'complete', 'failed', 'complete', 'complete'])
      expect(trials[2]).toMatchObject({ cause: { code } })
      expect(trials[2]?.folds[1]).toMatchObject({ status: 'failed', attempts: count })
      expect(trials[2]?.folds[1]?.curve).toHaveLength(2)
    },
  )

  property.prop([fc.integer({ min: 2, max: 5 }), fc.nat()], { seed: 4, numRuns: 20 })(
    'for want of memory is made good alone, and the others go on afterwards',
    async (workers, seed) => {
      const { trials, runner, error } = await run({ workers, seed, script: failing(1, 'runner/out-of-memory') })
      expect(error).toBeUndefined()
      const isSecond = runner.started.findLastIndex(({ trial, fold }) => trial === 2 && fold === 1)
      expect(runner.beside[isSecond]).toBe(0)
      expect(runner.beside[isSecond + 1]).toBe(0)
      expect(Math.max(...runner.beside)).toBe(workers - 1)
      expect(results(trials)).toEqual(results((await whole).trials))
    },
  )

  test('for want of memory may take the memory of all workers the second time', async () => {
    const faults = { memoryMiB: 10, epochSeconds: 2, trialSeconds: 6 }
    const { runner } = await run({ workers: 3, faults, script: failing(1, 'runner/out-of-memory') })
    const limits = runner.started.filter(({ trial, fold }) => trial === 2 && fold === 1).map((job) => job.limits)
    expect(limits).toEqual([
      { epochMs: 2000, jobMs: 2000, memoryBytes: 10 * 2 ** 20 },
      { epochMs: 2000, jobMs: 1999, memoryBytes: 30 * 2 ** 20 },
    ])
  })

  test('for want of time is the last one where the trial has no time left', async () => {
    const { runner } = await run({ script: failing(9, 'runner/timeout'), faults: { trialSeconds: 0.003 } })
    expect(runner.started.filter(({ trial, fold }) => trial === 2 && fold === 1)).toHaveLength(1)
  })
})

describe('failures in a row', () => {
  const from =
    (first: number): Script =>
    (job, attempt) =>
      job.trial >= first ? 'fails' : losses(job, attempt)

  test.each<[FaultOptions, number, number]>([
    [{}, 0, 3],
    [{}, 1, 11],
    [{ failuresInARow: 5 }, 0, 5],
    [{ failuresInARow: 2 }, 4, 6],
  ])('with %j and a first failure in trial %i: the study ends after %i trials', async (faults, first, finished) => {
    const tuner = randomSearch({ trials: 20 }).create(context)
    const { trials, error } = await run({ workers: 1, tuner, faults, script: from(first) })
    expect(error).toMatchObject({ message: expect.stringContaining('in a row') })
    expect(trials).toHaveLength(finished)
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

describe('a window for a pruner', () => {
  const script: Script = ({ trial, fold }) => {
    const random = new RandomStream(`${trial}/${fold}`)
    return Array.from({ length: 6 }, () => random.next())
  }
  const options = () => ({
    window: 4,
    folds: 3,
    script,
    tuner: randomSearch({ trials: 20 }).create({ ...context, epochs: 6 }),
    pruner: medianPruner({ startupTrials: 2 }),
  })
  const inOrder = run({ ...options(), workers: 1 })

  property.prop([fc.integer({ min: 2, max: 6 }), fc.nat()], { seed: 4, numRuns: 20 })(
    'stops the same trials at the same epochs, whatever the workers do',
    async (workers, seed) => {
      const wanted = (await inOrder).trials
      expect(wanted.filter(({ status }) => status === 'pruned').length).toBeGreaterThan(3)
      expect(results((await run({ ...options(), workers, seed })).trials)).toEqual(results(wanted))
    },
  )

  property.prop([fc.integer({ min: 1, max: 4 }), fc.nat(), fc.integer({ min: 0, max: 200 })], { seed: 4, numRuns: 20 })(
    'and when it is cut and run again',
    async (workers, seed, turns) => {
      const abort = new AbortController()
      const cut = run({ ...options(), workers, seed, signal: abort.signal })
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
      abort.abort(new Error('cut'))
      const { storage } = await cut
      const { trials } = await run({ ...options(), workers, seed: seed + 1, storage })
      expect(results(trials)).toEqual(results((await inOrder).trials))
    },
  )

  test('is refused beside a tuner that stops trials itself', async () => {
    const tuner = hyperband().create({ ...context, epochs: 9 })
    await expect(run({ ...options(), tuner })).rejects.toMatchObject({ code: 'study/bad-definition' })
  })
})

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
