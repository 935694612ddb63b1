import { train } from '@tensorflow/tfjs-core'
import { constraints, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers'
import { describe, expect, test } from 'vitest'
import { TunerError } from '../../../src/core/errors.ts'
import type { Metrics } from '../../../src/core/trial.ts'
import { holdout } from '../../../src/cv/holdout.ts'
import { schedules } from '../../../src/training/learning-rate.ts'
import type { Engine, TrainingJob } from '../../../src/trial-runner/engines/engine.ts'
import { keras } from '../../../src/trial-runner/engines/keras/keras.ts'
import { SimdEngine } from '../../../src/trial-runner/engines/simd/engine.ts'
import { TfjsEngine } from '../../../src/trial-runner/engines/tfjs/engine.ts'
import { runModel } from '../../../src/trial-runner/work/run-model.ts'
import { dataFor, seedWeights } from './simd/agreement.ts'

const engines: [string, () => Engine][] = [
  ['simd', () => new SimdEngine()],
  ['tfjs', () => new TfjsEngine('cpu')],
]

const { cosineDecay, piecewiseConstantDecay } = schedules
const perStep = cosineDecay({ initialLearningRate: 0.02, decaySteps: 12 })
const perEpoch = piecewiseConstantDecay({ boundaries: [1, 3], values: [0.02, 0.01, 0.001], per: 'epoch' })

const optimizers = {
  nadam: () => keras.optimizers.nadam({ learningRate: perStep, weightDecay: 0.01 }),
  'adamW by epochs': () => keras.optimizers.adamW({ learningRate: perEpoch, globalClipNorm: 0.5 }),
  'centered rmsprop': () => keras.optimizers.rmsprop({ centered: true, momentum: 0.5, clipValue: 0.1 }),
  sgd: () => keras.optimizers.sgd({ learningRate: perStep, momentum: 0.9, nesterov: true, clipNorm: 0.5 }),
  adamax: () => keras.optimizers.adamax({ learningRate: perEpoch }),
} as const

type Name = keyof typeof optimizers

function build(name: Name | 'plain' = 'plain'): LayersModel {
  const model = sequential({
    layers: [
      layers.dense({
        units: 8,
        activation: 'tanh',
        inputShape: [5],
        kernelConstraint: constraints.maxNorm({ axis: 0 }),
      }),
      layers.gaussianNoise({ stddev: 0.1 }),
      layers.dense({ units: 1 }),
    ],
  })
  const optimizer = name === 'plain' ? train.sgd(0.1) : optimizers[name]()
  model.compile({ loss: keras.losses.huber(), optimizer, metrics: [keras.metrics.auc()] })
  seedWeights(model, 'continued')
  return model
}

const dataset = dataFor({ name: 'continued', inputs: [[5]], targets: [[1]], build, values: 'bits' }, 60)
const rows = Int32Array.from({ length: 60 }, (_, i) => i)
const data = { dataset, train: rows.slice(0, 40), validation: rows.slice(40) }

async function run(engine: Engine, name: Name | 'plain', job: Partial<TrainingJob>) {
  const model = build(name)
  const curve: Metrics[] = []
  const defaults = { epochs: { from: 0, to: 5 }, batchSize: 16, shuffle: true, stream: 's', keepCheckpoint: true }
  const { checkpoint } = await engine.train({ ...defaults, ...job, model }, data, {
    onEpoch(_, metrics) {
      curve.push({ ...metrics })
      return 'continue'
    },
  })
  if (checkpoint === undefined) throw new Error('no checkpoint')
  return { curve, checkpoint, weights: model.getWeights().map((weight) => Array.from(weight.dataSync())) }
}

describe.each(engines)('on %s', (_, engine) => {
  test.each(Object.keys(optimizers) as Name[])('%s continued equals training at once, bit for bit', async (name) => {
    const whole = await run(engine(), name, {})
    const first = await run(engine(), name, { epochs: { from: 0, to: 2 } })
    const checkpoint = structuredClone(first.checkpoint)
    const second = await run(engine(), name, { epochs: { from: 2, to: 5 }, checkpoint })
    expect([...first.curve, ...second.curve]).toEqual(whole.curve)
    expect(second.weights).toEqual(whole.weights)
  })

  test('a checkpoint of the other engine is refused', async () => {
    const [other] = engines.map(([, make]) => make()).filter(({ name }) => name !== engine().name) as [Engine]
    const { checkpoint } = await run(other, 'plain', { epochs: { from: 0, to: 1 } })
    const caught = await run(engine(), 'plain', { epochs: { from: 1, to: 2 }, checkpoint }).catch((e: unknown) => e)
    expect(caught).toBeInstanceOf(TunerError)
    expect((caught as TunerError).code).toBe('engine/unsupported')
    expect((caught as TunerError).hint).toMatch(/from the start/)
  })
})

describe('a trial goes on with the engine that it began with', () => {
  const workload = {
    work: { kind: 'model', model: () => build() },
    training: { batchSize: 16 },
    validation: holdout(0.2),
  } as const
  const objective = { metric: 'val_loss', direction: 'minimize' } as const
  const job = { trial: 0, fold: 0, params: {}, stream: 's', keepCheckpoint: true, asksAfterEpoch: false } as const

  test.each(engines)('%s', async (name, engine) => {
    const { checkpoint } = await run(engine(), 'plain', { epochs: { from: 0, to: 2 } })
    const all = engines.map(([, make]) => make())
    const later = { ...job, epochs: { from: 2, to: 3 }, checkpoint }
    const trained = await runModel(workload.work, workload, objective, all, later, { onEpoch: () => 'continue' }, data)
    expect(trained.engine).toBe(name)
    const others = all.filter((other) => other.name !== name)
    await expect(
      runModel(workload.work, workload, objective, others, later, { onEpoch: () => 'continue' }, data),
    ).rejects.toThrow(/did not train the trial up to epoch 2/)
  })
})
