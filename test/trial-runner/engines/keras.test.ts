import { readFileSync } from 'node:fs'
import { engine, type Optimizer, tensor, tidy } from '@tensorflow/tfjs-core'
import { constraints, type LayersModel, layers, regularizers, sequential } from '@tensorflow/tfjs-layers'
import { describe, expect, test } from 'vitest'
import { type Dataset, sharedFloats } from '../../../src/data/dataset.ts'
import { schedules } from '../../../src/training/learning-rate.ts'
import type { Engine } from '../../../src/trial-runner/engines/engine.ts'
import { keras } from '../../../src/trial-runner/engines/keras/keras.ts'
import { SimdEngine } from '../../../src/trial-runner/engines/simd/engine.ts'
import { Arena } from '../../../src/trial-runner/engines/simd/plan/arena.ts'
import { TfjsEngine } from '../../../src/trial-runner/engines/tfjs/engine.ts'
import './simd/agreement.ts'

// Both engines against Keras, for what tfjs lacks or does differently. Fixtures: test/references/training.py.

interface Spec {
  readonly name: string
  readonly [option: string]: unknown
}

interface Case {
  readonly name: string
  readonly optimizer: Spec & { readonly learningRate: number | Spec }
  readonly loss: Spec
  readonly activation: string
  readonly parts: Readonly<Record<string, Spec>>
  readonly outputs: number
  readonly kind: 'any' | 'bits' | 'shares' | 'classes'
  readonly x: number[]
  readonly y: number[]
  readonly initial: number[][]
  readonly final: number[][]
}

const { cases, metrics } = JSON.parse(
  readFileSync(new URL('../../references/fixtures/training.json', import.meta.url), 'utf8'),
) as { cases: Case[]; metrics: Record<string, number> & Record<string, number[]> }

const [ROWS, INPUTS, HIDDEN] = [30, 5, 12]

type Factory = (options: unknown) => never

function made(factories: object, { name, ...options }: Spec): never {
  return ((factories as Record<string, Factory>)[name] as Factory)(options)
}

function optimizerOf({ optimizer }: Case): Optimizer {
  const { learningRate } = optimizer
  const rate = typeof learningRate === 'number' ? learningRate : made(schedules, learningRate)
  return made(keras.optimizers, { ...optimizer, learningRate: rate })
}

function partsOf({ parts }: Case) {
  const entries = Object.entries(parts).map(([key, spec]) => [
    key,
    key.endsWith('Constraint')
      ? made(constraints, spec)
      : regularizers.l1l2(spec as unknown as { l1: number; l2: number }),
  ])
  return Object.fromEntries(entries) as object
}

function build(case_: Case): LayersModel {
  const { activation, outputs, loss, initial } = case_
  const model = sequential({
    layers: [
      layers.dense({ units: HIDDEN, activation: 'tanh', inputShape: [INPUTS], ...partsOf(case_) }),
      layers.dense({ units: outputs, activation: activation as 'linear' }),
    ],
  })
  const known = Object.hasOwn(keras.losses, loss.name)
  model.compile({ loss: known ? made(keras.losses, loss) : loss.name, optimizer: optimizerOf(case_) })
  tidy(() => model.setWeights(model.getWeights().map(({ shape }, i) => tensor(initial[i] as number[], shape))))
  return model
}

function datasetOf({ x, y, kind, outputs }: Case): Dataset {
  const block = (values: number[]) => {
    const data = sharedFloats(values.length)
    data.set(values)
    return { kind: 'dense', data, shape: [values.length / ROWS] } as const
  }
  const classes = Array.from({ length: outputs }, (_, i) => String(i))
  const task = kind === 'classes' ? ({ kind: 'classification', classes } as const) : ({ kind: 'regression' } as const)
  return { rows: ROWS, inputs: [block(x)], targets: [block(y)], task }
}

/** The largest difference of any weight, as a share of the largest number of its tensor. */
async function distance(engine: Engine, case_: Case): Promise<number> {
  const model = build(case_)
  const dataset = datasetOf(case_)
  const train = Int32Array.from({ length: ROWS }, (_, i) => i)
  const data = { dataset, train, validation: train }
  expect(engine.supports(model, data)).toBe(true)
  const job = { model, epochs: { from: 0, to: 5 }, batchSize: 8, shuffle: false, stream: 'x', keepCheckpoint: false }
  await engine.train(job, data, { onEpoch: () => 'continue' })
  const worst = model.getWeights().map((weight, k) => {
    const [own, other] = [weight.dataSync(), case_.final[k] as number[]]
    const largest = Math.max(1e-3, ...other.map(Math.abs))
    return Math.max(...other.map((value, i) => Math.abs(value - (own[i] as number)))) / largest
  })
  return Math.max(...worst)
}

describe.each([
  ['simd', () => new SimdEngine({ arena: new Arena(true) })],
  ['simd strict', () => new SimdEngine({ arithmetic: 'strict' })],
  ['tfjs', () => new TfjsEngine('cpu')],
])('%s trains as Keras does:', (_, engine) => {
  test.each(cases.map((case_) => [case_.name, case_] as const))('%s', async (_name, case_) => {
    expect(await distance(engine(), case_)).toBeLessThan(1e-4)
  })
})

test.each([
  ['adamW', 'weightDecay', 0.31],
  ['momentum clipped by value', 'clipValue', 0.051],
  ['sgd clipped by global norm', 'globalClipNorm', 0.303],
  ['centered rmsprop', 'centered', false],
  ['huber with delta', 'delta', 0.41],
  ['focal', 'gamma', 2.05],
])('%s with another %s does not agree', async (name, key, value) => {
  const case_ = cases.find((candidate) => candidate.name === name) as Case
  const part = Object.hasOwn(case_.loss, key) || ['delta', 'gamma'].includes(key) ? 'loss' : 'optimizer'
  const changed = { ...case_, [part]: { ...case_[part], [key]: value } }
  expect(await distance(new SimdEngine(), changed)).toBeGreaterThan(1e-4)
})

type Metric = ReturnType<typeof keras.metrics.auc>

describe('metrics', () => {
  const flat = (key: string) => metrics[key] as unknown as number[]
  const value = (metric: Metric, targets: number[], predictions: number[], width: number) => {
    const rows = predictions.length / width
    return metric(tensor(targets, [rows, targets.length / rows]), tensor(predictions, [rows, width])).dataSync()[0]
  }

  test.each([
    ['auc', keras.metrics.auc()],
    ['precision', keras.metrics.precision()],
    ['recall', keras.metrics.recall()],
    ['f1', keras.metrics.f1()],
  ])('%s is that of scikit-learn', (name, metric) => {
    expect(value(metric, flat('truth'), flat('predictions'), 3)).toBeCloseTo(metrics[name] as number, 6)
  })

  test('auc is near that of Keras, which goes by thresholds', () => {
    expect(metrics.auc).toBeCloseTo(metrics.kerasAuc as number, 2)
  })

  test('class numbers are seen as one-hot lines', () => {
    expect(value(keras.metrics.auc(), flat('classes'), flat('scores'), 6)).toBeCloseTo(metrics.classAuc as number, 6)
    expect(value(keras.metrics.topKCategoricalAccuracy({ k: 2 }), flat('classes'), flat('scores'), 6)).toBeCloseTo(
      metrics.top2 as number,
      6,
    )
  })
})

test.each(['nadam', 'centered rmsprop', 'adam'])('%s frees what it holds', async (name) => {
  const before = engine().memory().numTensors
  const case_ = cases.find((candidate) => candidate.name === name) as Case
  const model = build(case_)
  const job = { model, epochs: { from: 0, to: 1 }, batchSize: 8, shuffle: false, stream: 'x', keepCheckpoint: false }
  const data = { dataset: datasetOf(case_), train: Int32Array.of(1, 2, 3), validation: Int32Array.of(4) }
  await new TfjsEngine('cpu').train(job, data, { onEpoch: () => 'continue' })
  model.optimizer.dispose()
  model.dispose()
  expect(engine().memory().numTensors).toBe(before)
})
