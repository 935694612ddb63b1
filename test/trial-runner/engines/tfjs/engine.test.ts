import { beforeAll, describe, expect, test } from 'vitest'
import { RandomStream } from '../../../../src/core/random.ts'
import type { Metrics } from '../../../../src/core/trial.ts'
import { kFold } from '../../../../src/cv/k-fold.ts'
import { friedman1 } from '../../../../src/data/generators/friedman1.ts'
import type { FoldData } from '../../../../src/training/fold-data.ts'
import { selectBackend } from '../../../../src/trial-runner/backends/registry.ts'
import type { TrainingJob } from '../../../../src/trial-runner/engines/engine.ts'
import { TfjsEngine } from '../../../../src/trial-runner/engines/tfjs/engine.ts'
import { withSeededMathRandom } from '../../../../src/trial-runner/engines/tfjs/math-random.ts'
import { withTensorScope } from '../../../../src/trial-runner/engines/tfjs/tensor-scope.ts'
import { tf } from '../../../../src/trial-runner/engines/tfjs/tf.ts'

const dataset = friedman1({ rows: 60, columns: 5, noise: 0.1, seed: 3 })
const [fold] = kFold(3).split(dataset, new RandomStream('folds'))
const data: FoldData = {
  dataset,
  train: fold?.train ?? new Int32Array(),
  validation: fold?.validation ?? new Int32Array(),
}

function build(optimizer: () => InstanceType<typeof tf.Optimizer> = () => tf.train.adam(0.01)) {
  return withSeededMathRandom(async (reseed) => {
    reseed('init')
    const model = tf.sequential()
    model.add(tf.layers.dense({ units: 8, activation: 'relu', inputShape: [5] }))
    model.add(tf.layers.dropout({ rate: 0.3 }))
    model.add(tf.layers.dense({ units: 1 }))
    model.compile({ optimizer: optimizer(), loss: 'meanSquaredError', metrics: ['mae'] })
    return model
  })
}

async function train(backend: string, job: Partial<TrainingJob> & Pick<TrainingJob, 'model'>) {
  const curve: Metrics[] = []
  const defaults = { epochs: { from: 0, to: 6 }, batchSize: 16, shuffle: true, stream: 's', keepCheckpoint: false }
  const result = await new TfjsEngine(backend).train({ ...defaults, ...job }, data, {
    onEpoch(_, metrics) {
      curve.push(metrics)
      return 'continue'
    },
  })
  const weights = job.model.getWeights().map((weight) => [...weight.dataSync()])
  return { curve, result, weights }
}

describe.each(['wasm', 'cpu'])('on %s', (backend) => {
  beforeAll(async () => (await selectBackend(backend)).load())

  test('the same job gives the same bits, another stream others', async () => {
    const [a, b] = [await train(backend, { model: await build() }), await train(backend, { model: await build() })]
    expect(a.curve).toEqual(b.curve)
    expect(a.weights).toEqual(b.weights)
    const other = await train(backend, { model: await build(), stream: 't' })
    expect(other.weights).not.toEqual(a.weights)
  })

  test('reports metrics by their Keras names', async () => {
    const { curve } = await train(backend, { model: await build() })
    expect(curve).toHaveLength(6)
    expect(Object.keys(curve[0] ?? {})).toEqual(['loss', 'mae', 'val_loss', 'val_mae'])
  })

  test.each([
    ['sgd', () => tf.train.sgd(0.01)],
    ['momentum', () => tf.train.momentum(0.01, 0.9)],
    ['rmsprop', () => tf.train.rmsprop(0.01)],
    ['adam', () => tf.train.adam(0.01)],
    ['adamax', () => tf.train.adamax(0.01)],
    ['adagrad', () => tf.train.adagrad(0.1)],
    ['adadelta', () => tf.train.adadelta(0.5)],
  ] as const)('%s continued from a checkpoint equals training without a break, bit for bit', async (_, optimizer) => {
    const whole = await train(backend, { model: await build(optimizer) })
    const first = await train(backend, {
      model: await build(optimizer),
      epochs: { from: 0, to: 2 },
      keepCheckpoint: true,
    })
    const { checkpoint } = first.result
    if (checkpoint === undefined) throw new Error('no checkpoint')
    const second = await train(backend, {
      model: await build(optimizer),
      epochs: { from: 2, to: 6 },
      checkpoint: structuredClone(checkpoint),
    })
    expect([...first.curve, ...second.curve]).toEqual(whole.curve)
    expect(second.weights).toEqual(whole.weights)
  })

  test('early stopping ends at the epoch and puts the best weights back', async () => {
    const stopping = { monitor: 'val_loss', direction: 'minimize', patience: 2, restoreBest: true } as const
    const job = { epochs: { from: 0, to: 60 }, earlyStopping: stopping }
    const { curve, weights } = await train(backend, { model: await build(() => tf.train.adam(0.3)), ...job })
    const losses = curve.map((metrics) => metrics.val_loss as number)
    const best = losses.indexOf(Math.min(...losses)) + 1
    expect(curve.length).toBeLessThan(60)
    expect(curve.length).toBe(best + 2)
    const upTo = await train(backend, { model: await build(() => tf.train.adam(0.3)), epochs: { from: 0, to: best } })
    expect(weights).toEqual(upTo.weights)
  })

  test('a loss that is not finite ends training, its epoch reported', async () => {
    const { curve, result } = await train(backend, { model: await build(() => tf.train.sgd(1e20)) })
    expect(result.end).toBe('diverged')
    expect(curve).toHaveLength(result.epochs)
    expect(curve.at(-1)?.loss).not.toSatisfy(Number.isFinite)
  })

  test('a hook that says stop is the last epoch', async () => {
    const model = await build()
    let epochs = 0
    const job = { model, epochs: { from: 0, to: 9 }, batchSize: 16, shuffle: true, stream: 's', keepCheckpoint: false }
    const result = await new TfjsEngine(backend).train(job, data, {
      onEpoch: () => (++epochs === 3 ? 'stop' : 'continue'),
    })
    expect(result).toEqual({ end: 'pruned', epochs: 3 })
    expect(epochs).toBe(3)
  })
})

test('a scope frees models, optimizers and what user code forgets, throwing or not', async () => {
  await (await selectBackend('cpu')).load()
  const job = async (forget: boolean) => {
    await withTensorScope(async () => {
      const model = await build()
      if (forget) tf.variable(tf.zeros([10]))
      await train('cpu', { model, epochs: { from: 0, to: 1 } })
      if (forget) throw new Error('user code')
    }).catch(() => undefined)
    return tf.memory().numTensors
  }
  const after = await job(false)
  for (let run = 0; run < 4; run++) expect(await job(run % 2 === 0)).toBe(after)
})
