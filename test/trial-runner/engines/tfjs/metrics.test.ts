import { train } from '@tensorflow/tfjs-core'
import {
  input,
  type LayersModel,
  type ModelCompileArgs,
  model,
  type SymbolicTensor,
  sequential,
  metrics as tfjsMetrics,
} from '@tensorflow/tfjs-layers'
import { describe, expect, test } from 'vitest'
import type { Metrics } from '../../../../src/core/trial.ts'
import type { Engine } from '../../../../src/trial-runner/engines/engine.ts'
import { keras } from '../../../../src/trial-runner/engines/keras/keras.ts'
import { SimdEngine } from '../../../../src/trial-runner/engines/simd/engine.ts'
import { TfjsEngine } from '../../../../src/trial-runner/engines/tfjs/engine.ts'
import { Feed } from '../../../../src/trial-runner/engines/tfjs/feed.ts'
import { type AgreementCase, dataFor, seedWeights } from '../simd/agreement.ts'
import { compiled, dense } from '../simd/models.ts'

// What both engines report: the same names, in the same order, with the same values.

const engines: [string, () => Engine][] = [
  ['simd', () => new SimdEngine()],
  ['tfjs', () => new TfjsEngine('cpu')],
]

async function reported(engine: Engine, agreement: Omit<AgreementCase, 'build'>, net: LayersModel): Promise<Metrics[]> {
  const dataset = dataFor({ ...agreement, build: () => net }, 60)
  seedWeights(net, agreement.name)
  const rows = Array.from({ length: 60 }, (_, i) => i)
  const data = { dataset, train: Int32Array.from(rows.slice(0, 38)), validation: Int32Array.from(rows.slice(38)) }
  expect(engine.supports(net, data)).toBe(true)
  const seen: Metrics[] = []
  const job = { epochs: { from: 0, to: 3 }, batchSize: 16, shuffle: true, stream: 'x', keepCheckpoint: false }
  await engine.train({ ...job, model: net }, data, {
    onEpoch(_, metrics) {
      seen.push({ ...metrics })
      return 'continue'
    },
  })
  return seen
}

async function expectSame(agreement: Omit<AgreementCase, 'build'>, build: () => LayersModel): Promise<Metrics[]> {
  const [own, other] = await Promise.all(engines.map(([, engine]) => reported(engine(), agreement, build())))
  expect(own?.map((epoch) => Object.keys(epoch))).toEqual(other?.map((epoch) => Object.keys(epoch)))
  for (const [i, epoch] of (own ?? []).entries()) {
    for (const [name, value] of Object.entries(epoch)) {
      expect(Math.abs(value - (other?.[i]?.[name] ?? 0)), `${name} of epoch ${i + 1}`).toBeLessThan(1e-4)
    }
  }
  return own ?? []
}

function net(units: number, activation: string, compile: Pick<ModelCompileArgs, 'loss' | 'metrics'>): LayersModel {
  const layers = [dense(12, { inputShape: [5], activation: 'tanh' }), dense(units, { activation })]
  return compiled(sequential({ layers }), compile.loss, train.sgd(0.5), compile.metrics)
}

describe('both engines report the same', () => {
  const [one, three] = [
    { inputs: [[5]], targets: [[1]] },
    { inputs: [[5]], targets: [[3]] },
  ]
  const { auc, precision, recall, f1, topKCategoricalAccuracy } = keras.metrics

  test('for two classes', async () => {
    const metrics = ['accuracy', auc(), precision(), recall({ threshold: 0.3 }), f1()]
    const build = () => net(1, 'sigmoid', { loss: 'binaryCrossentropy', metrics })
    const [first] = await expectSame({ ...one, name: 'two classes', values: 2 }, build)
    const names = ['loss', 'accuracy', 'auc', 'precision', 'recall', 'f1']
    expect(Object.keys(first ?? {})).toEqual([...names, ...names.map((name) => `val_${name}`)])
  })

  test('for several columns', async () => {
    const metrics = ['accuracy', auc({ name: 'area' }), f1(), 'mse', 'mae']
    const build = () => net(3, 'sigmoid', { loss: keras.losses.binaryFocalCrossentropy(), metrics })
    await expectSame({ ...three, name: 'columns', values: 'bits' }, build)
  })

  test('for several columns, from logits', async () => {
    const loss = keras.losses.binaryCrossentropy({ fromLogits: true })
    const build = () => net(3, 'linear', { loss, metrics: ['accuracy', precision()] })
    await expectSame({ ...three, name: 'columns', values: 'bits' }, build)
  })

  test.each([
    ['sparse', 'sparseCategoricalCrossentropy', 'softmax'],
    ['sparse, of logits', keras.losses.sparseCategoricalCrossentropy({ fromLogits: true }), 'linear'],
    ['spread', 'categoricalCrossentropy', 'softmax'],
    ['spread, of logits', keras.losses.categoricalCrossentropy({ fromLogits: true }), 'linear'],
  ] as const)('for class numbers: %s', async (_, loss, activation) => {
    const metrics = ['accuracy', auc(), topKCategoricalAccuracy({ k: 2 })]
    await expectSame({ ...one, name: 'classes', values: 6 }, () => net(6, activation, { loss, metrics }))
  })

  test('for regression', async () => {
    const metrics = ['mse', 'mae', 'mape', 'cosine', tfjsMetrics.meanAbsoluteError]
    await expectSame({ ...three, name: 'regression' }, () => net(3, 'linear', { loss: keras.losses.huber(), metrics }))
  })

  test('for the precision of tfjs, which counts over all rows here', async () => {
    const metrics = ['precision', tfjsMetrics.recall]
    const build = () => net(1, 'sigmoid', { loss: 'binaryCrossentropy', metrics })
    const epochs = await expectSame({ ...one, name: 'two classes', values: 2 }, build)
    const own = [keras.metrics.precision(), keras.metrics.recall()]
    const again = () => net(1, 'sigmoid', { loss: 'binaryCrossentropy', metrics: own })
    const expected = await expectSame({ ...one, name: 'two classes', values: 2 }, again)
    expect(epochs).toEqual(expected)
    expect(epochs.some(({ val_precision: value = 0 }) => value > 0)).toBe(true)
  })

  test('for several outputs, each loss under its own name', async () => {
    const build = () => {
      const x = input({ shape: [5] })
      const hidden = dense(12, { activation: 'tanh' }).apply(x) as SymbolicTensor
      const price = dense(2, { name: 'price' }).apply(hidden) as SymbolicTensor
      const sold = dense(1, { name: 'sold', activation: 'sigmoid' }).apply(hidden) as SymbolicTensor
      const size = dense(2, { name: 'size' }).apply(hidden) as SymbolicTensor
      const both = model({ inputs: x, outputs: [price, sold, size] })
      const losses = { price: 'meanSquaredError', sold: 'binaryCrossentropy', size: keras.losses.huber() }
      const metrics = { price: ['mae'], sold: ['accuracy', auc()] }
      return compiled(both, losses as never, train.sgd(0.1), metrics as never)
    }
    const shapes = { inputs: [[5]], targets: [[2], [1], [2]] }
    const epochs = await expectSame({ ...shapes, name: 'outputs', values: 'bits' }, build)
    const names = ['loss', 'price_loss', 'sold_loss', 'size_loss', 'price_mae', 'sold_accuracy', 'sold_auc']
    expect(Object.keys(epochs[0] ?? {})).toEqual([...names, ...names.map((name) => `val_${name}`)])
    for (const epoch of epochs) {
      const parts = ['val_price_loss', 'val_sold_loss', 'val_size_loss'].map((name) => epoch[name] as number)
      expect(parts.reduce((sum, part) => sum + part)).toBeCloseTo(epoch.val_loss as number, 5)
    }
  })
})

test('area under the curve is that of all validation rows, not a mean of batches', async () => {
  const { auc } = keras.metrics
  const build = () => net(1, 'sigmoid', { loss: 'binaryCrossentropy', metrics: [auc()] })
  const agreement = { inputs: [[5]], targets: [[1]], name: 'auc', values: 2 }
  const trained = build()
  const dataset = dataFor({ ...agreement, build }, 60)
  const epochs = await reported(new SimdEngine(), agreement, trained)
  const rows = Int32Array.from({ length: 22 }, (_, i) => 38 + i)
  const { x, y } = new Feed(dataset, trained).batch(rows, 0, rows.length)
  const truth = y[0]?.dataSync() ?? []
  const [prediction] = [trained.predict(x)].flat()
  const scores = Array.from(prediction?.dataSync() ?? [])
  let [wins, pairs] = [0, 0]
  for (const [i, yes] of truth.entries()) {
    for (const [k, no] of truth.entries()) {
      if (yes !== 1 || no !== 0) continue
      pairs++
      wins += (scores[i] as number) > (scores[k] as number) ? 1 : scores[i] === scores[k] ? 0.5 : 0
    }
  }
  expect(epochs.at(-1)?.val_auc).toBeCloseTo(wins / pairs, 10)
})

test('a model is given back with the metrics it came with', async () => {
  const trained = net(1, 'sigmoid', { loss: 'binaryCrossentropy', metrics: [keras.metrics.auc(), 'accuracy'] })
  const before = (trained as unknown as { model: LayersModel }).model.metricsTensors
  await reported(new TfjsEngine('cpu'), { inputs: [[5]], targets: [[1]], name: 'back', values: 2 }, trained)
  expect((trained as unknown as { model: LayersModel }).model.metricsTensors).toBe(before)
})
