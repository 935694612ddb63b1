import { describe, expect, test } from 'vitest'
import { choice, float, int } from '../../src/search-space/parameter.ts'
import type { StudyEvent } from '../../src/storage/events.ts'
import { memoryStorage } from '../../src/storage/memory.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { defineStudy } from '../../src/study/definition/definition.ts'
import { type RunOptions, resumeStudy, runStudy } from '../../src/study/run-study.ts'
import { gridSearch } from '../../src/tuners/grid-search.ts'
import { randomSearch } from '../../src/tuners/random-search.ts'

const space = { x: float(-1, 1), n: int(1, 5) }
const parabola = defineStudy({
  name: 'parabola',
  space,
  objective: ({ x, n }) => x * x + n,
  tuner: randomSearch({ trials: 12 }),
})

/** What a study amounts to, without times. */
async function numbers(storage: Storage, name = 'parabola') {
  return (await storage.readTrials(name)).map(({ number, status, value, params, metrics, folds }) => ({
    number,
    status,
    value,
    params,
    metrics,
    curves: folds.map(({ curve }) => curve),
  }))
}

describe('runStudy', () => {
  test('runs the trials of its tuner and ranks them', async () => {
    const { trials, best, record, exhausted } = await runStudy(parabola, { storage: memoryStorage() })
    expect(trials).toHaveLength(12)
    const values = trials.map(({ value }) => value as number)
    expect(values).toEqual([...values].sort((a, b) => a - b))
    expect(best).toBe(trials[0])
    expect(best?.value).toBe((best?.params.x as number) ** 2 + (best?.params.n as number))
    expect(record).toMatchObject({ name: 'parabola', seed: 0, objective: { metric: 'value', direction: 'minimize' } })
    expect(exhausted).toBe(false)
  })

  test('the same seed gives the same study, another seed another', async () => {
    const [a, b, c] = [memoryStorage(), memoryStorage(), memoryStorage()]
    await runStudy(parabola, { storage: a })
    await runStudy(parabola, { storage: b })
    await runStudy(parabola, { storage: c, seed: 1 })
    expect(await numbers(a)).toEqual(await numbers(b))
    expect(await numbers(c)).not.toEqual(await numbers(a))
  })

  test('goes on with a study of its name: more trials, the earlier ones untouched', async () => {
    const storage = memoryStorage()
    await runStudy(parabola, { storage, trials: 5 })
    const before = await numbers(storage)
    const events: StudyEvent[] = []
    await runStudy(parabola, { storage, trials: 8, onEvent: (event) => events.push(event) })
    const whole = memoryStorage()
    await runStudy(parabola, { storage: whole, trials: 8 })
    expect((await numbers(storage)).slice(0, 5)).toEqual(before)
    expect(await numbers(storage)).toEqual(await numbers(whole))
    expect(events.filter(({ type }) => type === 'trial-started')).toHaveLength(3)
    expect((await storage.readStudy('parabola'))?.study.tuner.options).toEqual({ trials: 8 })
  })

  test('in the thread of the program, which goes on with whatever else it does', async () => {
    const storage = memoryStorage()
    const abort = new AbortController()
    const objective = () => {
      for (const until = performance.now() + 2; performance.now() < until; );
      return 1
    }
    const long = { ...parabola, objective, tuner: randomSearch({ trials: 5000 }) }
    let turns = 0
    const ticking = setInterval(() => ++turns === 5 && abort.abort(), 1)
    await expect(runStudy(long, { storage, signal: abort.signal })).rejects.toMatchObject({ code: 'study/interrupted' })
    clearInterval(ticking)
    expect((await storage.readTrials('parabola')).length).toBeLessThan(1000)
  })

  test.each([1, 2, 5, 9, 20])('stopped after %i events and run again: the same numbers', async (cut) => {
    const storage = memoryStorage()
    const abort = new AbortController()
    let events = 0
    const options: RunOptions = { storage, signal: abort.signal, onEvent: () => ++events === cut && abort.abort() }
    await expect(runStudy(parabola, options)).rejects.toMatchObject({
      code: 'study/interrupted',
      hint: expect.stringContaining('tune resume parabola'),
    })
    await runStudy(parabola, { storage })
    const whole = memoryStorage()
    await runStudy(parabola, { storage: whole })
    expect(await numbers(storage)).toEqual(await numbers(whole))
  })

  test('maximizes where told to', async () => {
    const study = { ...parabola, optimize: { metric: 'score', direction: 'maximize' } as const }
    const { trials } = await runStudy(study, { storage: memoryStorage() })
    const values = trials.map(({ value }) => value as number)
    expect(values).toEqual([...values].sort((a, b) => b - a))
  })

  test('says when the space is exhausted', async () => {
    const study = defineStudy({
      name: 's',
      space: { n: int(1, 3) },
      objective: ({ n }) => n,
      tuner: randomSearch({ trials: 9 }),
    })
    const { trials, exhausted } = await runStudy(study, { storage: memoryStorage() })
    expect(trials.map(({ params }) => params.n)).toEqual([1, 2, 3])
    expect(exhausted).toBe(true)
  })

  test('tries what is known to be good first', async () => {
    const first = [
      { x: 0.5, n: 2 },
      { x: -0.25, n: 1 },
    ]
    const storage = memoryStorage()
    await runStudy({ ...parabola, tryFirst: first }, { storage })
    expect((await numbers(storage)).slice(0, 2).map(({ params }) => params)).toEqual(first)
    expect(await numbers(storage)).toHaveLength(12)
  })

  test('reports of an objective are its curve, and count', async () => {
    const study = defineStudy({
      name: 'steps',
      space,
      objective({ x }, { report }) {
        for (let step = 1; step <= 3; step++) report(step, x + 3 - step)
        return x + 10
      },
      tuner: randomSearch({ trials: 2 }),
    })
    const { best } = await runStudy(study, { storage: memoryStorage() })
    const x = best?.params.x as number
    expect(best?.folds[0]?.curve.map(({ value }) => value)).toEqual([x + 2, x + 1, x, x + 10])
    expect(best).toMatchObject({ value: x, bestEpoch: 3 })
  })
})

describe('a trial that does not work', () => {
  const failing = (fails: (x: number) => boolean) =>
    defineStudy({
      name: 'failing',
      space,
      objective({ x }) {
        if (fails(x)) throw new RangeError(`no root of ${x}`)
        return x
      },
      tuner: randomSearch({ trials: 12 }),
    })

  test('is recorded with its cause, and the study goes on', async () => {
    const storage = memoryStorage()
    const { trials, best } = await runStudy(
      failing((x) => x > 0.3),
      { storage },
    )
    expect(trials).toHaveLength(12)
    expect(best?.value).toBeLessThan(0.3)
    const failed = trials.filter(({ status }) => status === 'failed')
    expect(failed.length).toBeGreaterThan(0)
    expect(trials.slice(-failed.length)).toEqual(failed)
    for (const { cause, params } of failed) {
      expect(cause).toMatchObject({ code: 'model/threw', message: expect.stringContaining(`no root of ${params.x}`) })
      expect(cause?.stack).toContain('run-study.test.ts')
    }
  })

  test('ends a study in which nothing works, with the cause', async () => {
    const storage = memoryStorage()
    await expect(
      runStudy(
        failing(() => true),
        { storage },
      ),
    ).rejects.toMatchObject({
      code: 'model/threw',
      message: expect.stringMatching(/3 trials in a row failed.*no root of/),
    })
    expect(await storage.readTrials('failing')).toHaveLength(3)
    expect((await storage.readStudy('failing'))?.status).toBe('interrupted')
  })

  test('diverges if its value is not a number', async () => {
    const study = defineStudy({
      name: 'nan',
      space,
      objective: ({ x }) => Math.log(x),
      tuner: randomSearch({ trials: 12 }),
    })
    const { trials } = await runStudy(study, { storage: memoryStorage() })
    for (const { params, status, value } of trials) {
      expect(status).toBe((params.x as number) > 0 ? 'complete' : 'diverged')
      if (status === 'diverged') expect(value).toBeUndefined()
    }
    expect(new Set(trials.map(({ status }) => status)).size).toBe(2)
  })
})

describe('a study that cannot be gone on with', () => {
  const code = async (study: unknown, options: RunOptions = {}) => {
    const storage = memoryStorage()
    await runStudy(parabola, { storage, trials: 2 })
    const before = await numbers(storage)
    const error = await runStudy(study as typeof parabola, { storage, ...options }).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(await numbers(storage)).toEqual(before)
    return error
  }

  test('another space is named difference by difference', async () => {
    expect(await code({ ...parabola, space: { x: float(-1, 2), m: int(1, 5) } })).toMatchObject({
      code: 'study/changed',
      message: expect.stringMatching(/x: .*float\(-1, 2\).*float\(-1, 1\).*m.*n/s),
      hint: expect.stringContaining('--name'),
    })
  })

  test('epochs changed in the file; said beside it they hold for all runs', async () => {
    const storage = memoryStorage()
    await runStudy(parabola, { storage, trials: 2, epochs: 7 })
    await runStudy(parabola, { storage, trials: 3 })
    await runStudy({ ...parabola, training: { epochs: 7 } }, { storage, trials: 3, epochs: 7 })
    await expect(runStudy(parabola, { storage, epochs: 8 })).rejects.toMatchObject({ code: 'study/changed' })
    await runStudy(parabola, { storage, trials: 1, name: 'file' })
    const edited = { ...parabola, training: { epochs: 9 } }
    await expect(runStudy(edited, { storage, name: 'file' })).rejects.toMatchObject({
      message: expect.stringContaining('epochs: 9 was 100'),
    })
  })

  test('another seed, tuner, objective', async () => {
    expect(await code(parabola, { seed: 5 })).toMatchObject({ code: 'study/changed' })
    expect(await code(parabola, { tuner: 'gridSearch' })).toMatchObject({ code: 'study/changed' })
    expect(await code({ ...parabola, optimize: { metric: 'value', direction: 'maximize' } })).toMatchObject({
      code: 'study/changed',
    })
  })

  test('an unknown one lists those there are', async () => {
    const storage = memoryStorage()
    await runStudy(parabola, { storage, trials: 1 })
    await expect(resumeStudy('parabole', { storage })).rejects.toMatchObject({
      code: 'study/unknown',
      hint: expect.stringContaining('parabola'),
    })
  })

  test('one that another run holds', async () => {
    const storage = memoryStorage()
    const slow = defineStudy({
      ...parabola,
      objective: () => new Promise<number>((resolve) => setTimeout(resolve, 50, 1)),
    })
    const first = runStudy(slow, { storage, trials: 2 })
    await new Promise((resolve) => setTimeout(resolve, 20))
    await expect(runStudy(slow, { storage, trials: 2 })).rejects.toMatchObject({ code: 'study/busy' })
    await first
  })
})

describe('a definition that is wrong', () => {
  const run = (study: unknown) => runStudy(study as never, { storage: memoryStorage() })

  test.each([
    [undefined, 'an object'],
    [{ space }, 'a name'],
    [{ name: 'a' }, 'a search space'],
    [{ name: 'a', space }, 'exactly one of model, train and objective, got 0'],
    [{ name: 'a', space, model: () => 1 }, 'data'],
    [{ ...parabola, model: () => 1 }, 'got 2'],
  ])('%j', async (study, message) => {
    await expect(run(study)).rejects.toMatchObject({
      code: 'study/bad-definition',
      message: expect.stringContaining(message),
      hint: expect.any(String),
    })
  })

  test('an empty space, options out of range', async () => {
    await expect(run({ ...parabola, space: {} })).rejects.toMatchObject({ code: 'space/empty' })
    await expect(run({ ...parabola, training: { epochs: 0 } })).rejects.toMatchObject({ code: 'training/bad-option' })
    await expect(run({ ...parabola, training: { earlyStopping: { patience: -1 } } })).rejects.toMatchObject({
      code: 'training/bad-option',
    })
  })
})

test('a study stops by its rules, and says which', async () => {
  const storage = memoryStorage()
  const { trials, stopped } = await runStudy({ ...parabola, stop: { patience: 3, trials: 11 } }, { storage })
  const values = (await numbers(storage)).map(({ value }) => value as number)
  const best = values.indexOf(Math.min(...values))
  expect(trials.length).toBe(Math.min(11, best + 4))
  expect(stopped).toMatch(/no better|11 trials/)
  expect((await runStudy(parabola, { storage: memoryStorage() })).stopped).toBeUndefined()
})

test('a grid is resumed at any point', async () => {
  const study = defineStudy({
    name: 'grid',
    space: { a: choice([1, 2, 3]), b: choice(['x', 'y']) },
    objective: ({ a, b }) => a + (b === 'x' ? 0 : 0.5),
    tuner: gridSearch(),
  })
  const storage = memoryStorage()
  await runStudy(study, { storage, trials: 4 })
  await runStudy(study, { storage, trials: 6 })
  const params = (await numbers(storage, 'grid')).map((trial) => Object.values(trial.params).join(''))
  expect(params).toEqual(['1x', '1y', '2x', '2y', '3x', '3y'])
})
