import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Metrics } from '../../../src/core/trial.ts'
import { friedman1 } from '../../../src/data/generators/friedman1.ts'
import { float } from '../../../src/search-space/parameter.ts'
import type { StudyEvent } from '../../../src/storage/events.ts'
import { memoryStorage } from '../../../src/storage/memory.ts'
import { defineStudy } from '../../../src/study/definition/definition.ts'
import { fitBest } from '../../../src/study/fit/fit-best.ts'
import { runStudy } from '../../../src/study/run-study.ts'
import { randomSearch } from '../../../src/tuners/random-search.ts'
import { classification, finished, newPath, regression } from './studies.ts'

const files = ['model.json', 'study.json', 'weights.bin']
const weightsIn = (folder: string) => readFileSync(join(folder, 'weights.bin'))

describe('fitBest', () => {
  test('trains the best trial on all rows for its best number of epochs, and says what it did', async () => {
    const storage = await finished(regression)
    const [best] = (await runStudy(regression, { storage })).trials
    const seen: [number, Metrics][] = []
    const out = newPath()
    const starts: unknown[] = []
    const result = await fitBest(regression, {
      storage,
      out,
      onStart: ({ trial, epochs, rows }) => starts.push([trial.number, epochs, rows]),
      onEpoch: (epoch, metrics) => seen.push([epoch, metrics]),
    })
    expect(starts).toEqual([[best?.number, best?.bestEpoch, 60]])
    expect(seen.map(([epoch]) => epoch)).toEqual(Array.from({ length: best?.bestEpoch ?? 0 }, (_, i) => i + 1))
    expect(Object.keys(seen[0]?.[1] ?? {})).toEqual(['loss', 'mae'])
    expect(readdirSync(out).sort()).toEqual(files)
    expect(readdirSync(dirname(out))).toEqual(['model'])
    const { folder, ...description } = result
    expect(folder).toBe(out)
    expect(JSON.parse(readFileSync(join(out, 'study.json'), 'utf8'))).toEqual({
      kind: 'tfjs-tuner fitted model',
      ...description,
    })
    expect(description).toMatchObject({
      study: 'regression',
      trial: best?.number,
      params: best?.params,
      seed: 0,
      epochs: best?.bestEpoch,
      rows: 60,
      value: best?.value,
      metrics: best?.metrics,
      trained: seen.at(-1)?.[1],
      engine: 'simd',
      inputs: [{ shape: [5], scale: 1 }],
      task: { kind: 'regression' },
    })
  })

  test('keeps what the preprocessing learned from all rows', async () => {
    const { preprocess } = await fitBest(regression, { storage: await finished(regression), out: newPath() })
    const { data } = friedman1({ rows: 60, columns: 5, noise: 0.5, seed: 1 }).inputs[0] as { data: Float32Array }
    const columns = [0, 1, 2, 3, 4].map((column) => Array.from({ length: 60 }, (_, row) => data[row * 5 + column] ?? 0))
    const means = columns.map((values) => values.reduce((sum, value) => sum + value) / 60)
    const deviations = columns.map((values, i) =>
      Math.sqrt(values.reduce((sum, value) => sum + (value - (means[i] ?? 0)) ** 2, 0) / 60),
    )
    const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 12))
    expect(preprocess).toEqual({
      name: 'standardize',
      inputs: [{ subtract: close(means), divideBy: close(deviations) }],
    })
  })

  test.each([{}, { engines: { backend: 'cpu' } }])(
    'gives the same bits each time, another trial others: %j',
    async (on) => {
      const storage = await finished(regression, on)
      const folders = [newPath(), newPath(), newPath()] as const
      const [first, again, other] = folders
      const { trial, engine } = await fitBest(regression, { storage, out: first })
      await fitBest(regression, { storage, out: again })
      await fitBest(regression, { storage, out: other, trial: (trial + 1) % 3 })
      expect(engine).toBe('engines' in on ? 'tfjs' : 'simd')
      expect(weightsIn(again)).toEqual(weightsIn(first))
      expect(weightsIn(other)).not.toEqual(weightsIn(first))
    },
  )

  test('another seed of the study gives another model', async () => {
    const [out, other] = [newPath(), newPath()]
    await fitBest(regression, { storage: await finished(regression), out, trial: 0 })
    const { seed } = await fitBest(regression, {
      storage: await finished(regression, { seed: 5 }),
      out: other,
      trial: 0,
    })
    expect(seed).toBe(5)
    expect(weightsIn(other)).not.toEqual(weightsIn(out))
  })

  test('is not stopped early, where folds were', async () => {
    const study = { ...regression, training: { epochs: 300, earlyStopping: { patience: 2 } }, name: 'early' }
    const storage = await finished(study)
    const uneven = (await storage.readTrials('early')).find(
      ({ folds }) => new Set(folds.map(({ curve }) => curve.length)).size > 1,
    )
    const best = uneven?.folds.map(({ bestEpoch = 0 }) => bestEpoch) ?? []
    const epochs = Math.round(best.reduce((sum, epoch) => sum + epoch, 0) / 3)
    expect(best).toHaveLength(3)
    const seen: number[] = []
    const onEpoch = (epoch: number) => seen.push(epoch)
    const trial = uneven?.number ?? -1
    expect(await fitBest(study, { storage, out: newPath(), trial, onEpoch })).toMatchObject({ epochs })
    expect(seen).toHaveLength(epochs)
  })

  test('a study whose model asks for its parameters', async () => {
    const study = defineStudy({
      name: 'asking',
      data: () => friedman1({ rows: 40, columns: 5, seed: 1 }),
      model({ tf, hp, inputShape }) {
        const model = tf.sequential()
        model.add(tf.layers.dense({ units: hp.int('units', 2, 8), inputShape }))
        model.add(tf.layers.dense({ units: 1 }))
        model.compile({ optimizer: tf.train.sgd(hp.float('rate', 1e-4, 1e-2)), loss: 'meanSquaredError' })
        return model
      },
      training: { epochs: 2 },
      tuner: randomSearch({ trials: 2 }),
    })
    const out = newPath()
    const { params } = await fitBest(study, { storage: await finished(study), out })
    const topology = readFileSync(join(out, 'model.json'), 'utf8')
    expect(JSON.parse(topology).modelTopology.config.layers[0].config.units).toBe(params.units)
  })

  test('names the classes; no preprocessing is null', async () => {
    const { task, preprocess } = await fitBest(classification, {
      storage: await finished(classification),
      out: newPath(),
    })
    expect(task).toEqual({ kind: 'classification', classes: ['blob 1', 'blob 2', 'blob 3'] })
    expect(preprocess).toBeNull()
  })
})

describe('the folder', () => {
  test('is replaced where it holds a fitted model, what else is in it is left', async () => {
    const storage = await finished(regression)
    const out = newPath()
    await fitBest(regression, { storage, out, trial: 0 })
    const before = weightsIn(out)
    writeFileSync(join(out, 'notes.md'), 'mine')
    await fitBest(regression, { storage, out, trial: 1 })
    expect(weightsIn(out)).not.toEqual(before)
    expect(readdirSync(out).sort()).toEqual(['model.json', 'notes.md', 'study.json', 'weights.bin'])
    expect(readdirSync(dirname(out))).toEqual(['model'])
  })

  test.each([
    ['holds something else', 'model.json'],
    ['holds a study.json of another kind', 'study.json'],
  ])('that %s is refused before anything is trained, unless forced', async (_, file) => {
    const storage = await finished(regression)
    const out = newPath()
    mkdirSync(out)
    writeFileSync(join(out, file), '{}')
    const onStart = () => expect.unreachable()
    await expect(fitBest(regression, { storage, out, onStart })).rejects.toMatchObject({
      code: 'study/bad-output',
      hint: expect.stringContaining('--force'),
    })
    expect(readdirSync(out)).toEqual([file])
    await fitBest(regression, { storage, out, force: true })
    expect(readdirSync(out).sort()).toEqual(files)
  })

  test('may be empty, or have no parent yet; a file is refused', async () => {
    const storage = await finished(regression)
    const out = newPath()
    mkdirSync(out)
    await fitBest(regression, { storage, out })
    await fitBest(regression, { storage, out: join(dirname(out), 'models', 'first') })
    expect(readdirSync(join(dirname(out), 'models', 'first')).sort()).toEqual(files)
    await expect(fitBest(regression, { storage, out: join(out, 'weights.bin') })).rejects.toMatchObject({
      code: 'study/bad-output',
      message: expect.stringContaining('is a file'),
    })
    await expect(fitBest(regression, { storage, out: join(out, 'weights.bin', 'model') })).rejects.toMatchObject({
      code: 'study/bad-output',
    })
  })
})

test('what cannot be put in its place leaves no part of a model', async () => {
  const storage = await finished(regression)
  const out = newPath()
  await fitBest(regression, { storage, out })
  rmSync(join(out, 'weights.bin'))
  mkdirSync(join(out, 'weights.bin'))
  await expect(fitBest(regression, { storage, out })).rejects.toMatchObject({ code: 'study/bad-output' })
  expect(readdirSync(out).sort()).toEqual(['study.json', 'weights.bin'])
  expect(readdirSync(dirname(out))).toEqual(['model'])
})

describe('a fit that cannot be made', () => {
  const objective = defineStudy({
    name: 'parabola',
    space: { x: float(-1, 1) },
    objective: ({ x }) => x * x,
    tuner: randomSearch({ trials: 2 }),
  })
  const loop = defineStudy({
    name: 'loop',
    space: { x: float(-1, 1) },
    data: () => friedman1({ rows: 20, columns: 5, seed: 1 }),
    train: ({ report, params }) => report(1, { val_loss: params.x }),
    tuner: randomSearch({ trials: 1 }),
  })

  test.each([
    ['objective()', objective],
    ['train()', loop],
  ])('of a study with %s', async (what, study) => {
    const error = { code: 'study/bad-definition', message: expect.stringContaining(what), hint: expect.any(String) }
    await expect(fitBest(study, { storage: await finished(study), out: newPath() })).rejects.toMatchObject(error)
  })

  test('of a trial that there is not, or that is not complete', async () => {
    const storage = memoryStorage()
    const stopped = new AbortController()
    const onEvent = (event: StudyEvent) => event.type === 'trial-started' && event.trial === 1 && stopped.abort()
    await expect(runStudy(regression, { storage, signal: stopped.signal, onEvent })).rejects.toThrow()
    await expect(fitBest(regression, { storage, trial: 7 })).rejects.toMatchObject({ code: 'study/unknown-trial' })
    await expect(fitBest(regression, { storage, trial: 1 })).rejects.toMatchObject({
      code: 'study/nothing-complete',
      message: expect.stringContaining('Trial 1 of study "regression" is running'),
    })
    expect(await fitBest(regression, { storage, trial: 0, out: newPath() })).toMatchObject({ trial: 0 })
  })

  test('of a study that has no complete trial, or that there is not', async () => {
    const storage = memoryStorage()
    const stopped = new AbortController()
    const onEvent = () => stopped.abort()
    await expect(runStudy(regression, { storage, signal: stopped.signal, onEvent })).rejects.toThrow()
    await expect(fitBest(regression, { storage, out: newPath() })).rejects.toMatchObject({
      code: 'study/nothing-complete',
    })
    await expect(fitBest('other', { storage })).rejects.toMatchObject({ code: 'study/unknown' })
  })

  test('by name, of a study that was defined in a program', async () => {
    const storage = await finished(regression)
    await expect(fitBest('regression', { storage, out: newPath() })).rejects.toMatchObject({
      code: 'study/unknown',
      hint: expect.stringContaining('fitBest(definition)'),
    })
  })

  test.each([
    ['data', { data: () => friedman1({ rows: 60, columns: 5, noise: 0.5, seed: 2 }) }],
    ['preprocess', { preprocess: undefined }],
    ['space', { space: { learningRate: float(1e-3, 1), dropout: float(0, 0.5) } }],
  ])('of a study whose %s has changed', async (_, change) => {
    const storage = await finished(regression)
    const { preprocess: __, ...rest } = regression
    const changed = { ...('preprocess' in change ? rest : regression), ...change } as typeof regression
    const out = newPath()
    const options = { storage, out: join(out, 'deeper') }
    await expect(fitBest(changed, options)).rejects.toMatchObject({ code: 'study/changed' })
    expect(existsSync(out)).toBe(false)
  })

  test('that diverges on all rows', async () => {
    const storage = await finished(regression)
    const model: typeof regression.model = (context) => {
      const params = { ...context.params, learningRate: 1e30 }
      return regression.model?.({ ...context, params }) as never
    }
    const diverging = { ...regression, model }
    const out = newPath()
    await expect(fitBest(diverging, { storage, out })).rejects.toMatchObject({ code: 'training/diverged' })
    expect(existsSync(out)).toBe(false)
  })
})

test('a fit that is stopped leaves nothing', async () => {
  const storage = await finished(regression)
  const out = newPath()
  const stopped = new AbortController()
  let epochs = 0
  const onEpoch = () => {
    if (++epochs === 1) stopped.abort()
  }
  const options = { storage, out, signal: stopped.signal, onEpoch }
  await expect(fitBest(regression, options)).rejects.toMatchObject({ code: 'study/interrupted' })
  expect(epochs).toBe(1)
  await expect(fitBest(regression, options)).rejects.toMatchObject({ code: 'study/interrupted' })
  expect(epochs).toBe(1)
  expect(readdirSync(dirname(out))).toEqual([])
})
