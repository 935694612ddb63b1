import { describe, expect, test } from 'vitest'
import type { Params } from '../../src/core/params.ts'
import { kFold } from '../../src/cv/k-fold.ts'
import { standardize } from '../../src/cv/standardize.ts'
import { friedman1 } from '../../src/data/generators/friedman1.ts'
import { moons } from '../../src/data/generators/moons.ts'
import { choice } from '../../src/search-space/parameter.ts'
import { memoryStorage } from '../../src/storage/memory.ts'
import { defineStudy } from '../../src/study/definition/definition.ts'
import { runStudy } from '../../src/study/run-study.ts'
import { hyperband } from '../../src/tuners/hyperband/hyperband.ts'
import { medianPruner } from '../../src/tuners/pruners/percentile-pruner.ts'
import { randomSearch } from '../../src/tuners/random-search.ts'
import type { TunerSpec } from '../../src/tuners/tuner.ts'
import { regression as shortRegression } from './fit/studies.ts'

const regression = {
  ...shortRegression,
  training: { epochs: 9, batchSize: 16 },
  tuner: randomSearch({ trials: 4 }),
}

test('every fold of every trial has all its epochs, its best one and what trained it', async () => {
  const { trials, best } = await runStudy(regression, { storage: memoryStorage() })
  expect(trials).toHaveLength(4)
  for (const { folds, metrics, value } of trials) {
    expect(folds.map(({ curve }) => curve.length)).toEqual([9, 9, 9])
    expect(folds.every(({ engine }) => engine === 'simd')).toBe(true)
    for (const { curve, bestEpoch, metrics: counted } of folds) {
      const losses = curve.map((epoch) => epoch.val_loss as number)
      expect(losses[(bestEpoch as number) - 1]).toBe(Math.min(...losses))
      expect(counted).toEqual(curve[(bestEpoch as number) - 1])
    }
    expect(metrics.val_loss?.folds).toEqual(folds.map((fold) => fold.metrics?.val_loss))
    expect(value).toBe(metrics.val_loss?.mean)
  }
  expect(best?.metrics.val_mae?.folds).toHaveLength(3)
})

test('the engine is kept with the study, and is the one asked for', async () => {
  const storage = memoryStorage()
  const { trials } = await runStudy(regression, { storage, trials: 1, engines: { backend: 'cpu' } })
  expect(trials[0]?.folds[0]).toMatchObject({ engine: 'tfjs', backend: 'cpu' })
  const more = await runStudy(regression, { storage, trials: 2 })
  expect(more.trials.every(({ folds }) => folds[0]?.backend === 'cpu')).toBe(true)
  await expect(runStudy(regression, { storage, trials: 3, engines: { backend: 'auto' } })).rejects.toMatchObject({
    code: 'study/changed',
  })
  await expect(runStudy(regression, { storage, name: 'x', engines: { backend: 'cuda' } })).rejects.toMatchObject({
    code: 'engine/backend-unavailable',
  })
})

test('other data is another study', async () => {
  const storage = memoryStorage()
  await runStudy(regression, { storage, trials: 1 })
  const other = { ...regression, data: () => friedman1({ rows: 60, columns: 5, noise: 0.5, seed: 2 }) }
  await expect(runStudy(other, { storage, trials: 2 })).rejects.toMatchObject({
    code: 'study/changed',
    message: expect.stringContaining('digest'),
  })
})

test('Hyperband trains trials further from where they were: the same as training them at once', async () => {
  const storage = memoryStorage()
  const { trials } = await runStudy({ ...regression, tuner: hyperband({ factor: 3 }) }, { storage })
  const longest = trials.filter(({ epochs, folds }) => epochs === 9 && (folds[0]?.attempts ?? 0) > 1)
  expect(longest.length).toBeGreaterThan(0)
  const byNumber = [...trials].sort((a, b) => a.number - b.number)
  const atOnce = { ...regression, tuner: replay(byNumber.map(({ params }) => params)) }
  const direct = await runStudy(atOnce, { storage: memoryStorage() })
  for (const { number, folds } of longest) {
    const same = direct.trials.find((trial) => trial.number === number)
    expect(folds.map(({ curve }) => curve)).toEqual(same?.folds.map(({ curve }) => curve))
  }
})

/** A tuner of one's own: proposes a list, each trained to the end. */
function replay(list: readonly Params[]): TunerSpec {
  const json = { name: 'replay', options: {} }
  return {
    ...json,
    create: ({ epochs }) => ({
      name: json.name,
      capabilities: { adaptive: false, budgets: false, finite: true },
      suggest: ({ length }) => list.slice(length, length + 1).map((params) => ({ params, epochs })),
      toJSON: () => json,
    }),
  }
}

test('a pruner ends trials early; what is left is ranked', async () => {
  const study = { ...regression, tuner: randomSearch({ trials: 14 }), pruner: medianPruner({ startupTrials: 2 }) }
  const { trials, best } = await runStudy(study, { storage: memoryStorage() })
  const pruned = trials.filter(({ status }) => status === 'pruned')
  expect(pruned.length).toBeGreaterThan(0)
  for (const { folds } of pruned) expect(folds.at(-1)?.curve.length).toBeLessThan(9)
  expect(best?.status).toBe('complete')
})

describe('a classification', () => {
  test('is told its classes; accuracy can be the objective', async () => {
    const study = defineStudy({
      name: 'moons',
      space: { activation: choice(['relu', 'tanh']) },
      data: () => moons({ rows: 80, seed: 1 }),
      model({ tf, params, inputShape, outputs, classes }) {
        expect(classes).toEqual(['upper', 'lower'])
        const model = tf.sequential()
        model.add(tf.layers.dense({ units: 8, activation: params.activation, inputShape }))
        model.add(tf.layers.dense({ units: outputs, activation: 'sigmoid' }))
        model.compile({ optimizer: tf.train.adam(0.05), loss: 'binaryCrossentropy', metrics: ['accuracy'] })
        return model
      },
      optimize: 'val_accuracy',
      validation: kFold(2),
      training: { epochs: 20, batchSize: 16 },
      tuner: randomSearch({ trials: 2 }),
    })
    const { record, best } = await runStudy(study, { storage: memoryStorage() })
    expect(record.objective).toEqual({ metric: 'val_accuracy', direction: 'maximize' })
    expect(best?.value).toBeGreaterThan(0.8)
  })
})

describe('a study without a space', () => {
  const declared = (branch: boolean) =>
    defineStudy({
      name: 'declared',
      data: () => friedman1({ rows: 60, columns: 5, noise: 0.5, seed: 1 }),
      preprocess: standardize(),
      model({ tf, hp, inputShape }) {
        const model = tf.sequential()
        model.add(tf.layers.dense({ units: hp.int('units', 4, 16, { step: 4 }), inputShape }))
        const kind = hp.choice('optimizer', ['adam', 'momentum'])
        const rate = hp.float('rate', 1e-3, 1e-1, { scale: 'log' })
        const momentum = branch && kind === 'momentum' ? hp.float('momentum', 0.5, 0.99) : 0.9
        model.add(tf.layers.dense({ units: 1 }))
        const optimizer = kind === 'adam' ? tf.train.adam(rate) : tf.train.momentum(rate / 10, momentum)
        model.compile({ optimizer, loss: 'meanSquaredError' })
        return model
      },
      training: { epochs: 2, batchSize: 16 },
      tuner: randomSearch({ trials: 8 }),
    })

  test('finds it by asking the model', async () => {
    const storage = memoryStorage()
    const { trials } = await runStudy(declared(false), { storage })
    expect(trials).toHaveLength(8)
    for (const { params } of trials) expect(Object.keys(params)).toEqual(['units', 'optimizer', 'rate'])
    expect(new Set(trials.map(({ params }) => params.units)).size).toBeGreaterThan(1)
  })

  test('grows when another branch asks for more, and goes on with what was found', async () => {
    const storage = memoryStorage()
    const { trials } = await runStudy(declared(true), { storage })
    const byNumber = [...trials].sort((a, b) => a.number - b.number)
    const first = byNumber.findIndex(({ params }) => params.optimizer === 'momentum')
    expect(byNumber.map(({ params }) => 'momentum' in params)).toEqual(byNumber.map((_, i) => i >= first))
    expect(byNumber[first]?.params.momentum).toBeCloseTo(0.745)
    expect((await storage.readStudy('declared'))?.study.space).toHaveProperty('momentum')
    const more = await runStudy(declared(true), { storage, trials: 10 })
    expect(more.trials).toHaveLength(10)
  })

  test('is empty if the model asks for nothing', async () => {
    const study = defineStudy({
      name: 'nothing',
      data: () => moons({ rows: 80 }),
      model: ({ tf, inputShape }) => tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape })] }),
    })
    await expect(runStudy(study, { storage: memoryStorage() })).rejects.toMatchObject({ code: 'space/empty' })
  })
})
