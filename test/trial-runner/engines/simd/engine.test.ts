import { type Optimizer, train } from '@tensorflow/tfjs-core'
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers'
import { describe, expect, test } from 'vitest'
import type { Metrics } from '../../../../src/core/trial.ts'
import { type Dataset, sharedFloats } from '../../../../src/data/dataset.ts'
import type { FoldData } from '../../../../src/training/fold-data.ts'
import type { TrainingJob, TrainingResult } from '../../../../src/trial-runner/engines/engine.ts'
import { SimdEngine } from '../../../../src/trial-runner/engines/simd/engine.ts'
import { Feed } from '../../../../src/trial-runner/engines/tfjs/feed.ts'
import { dataFor, seedWeights } from './agreement.ts'

const rowsUpTo = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i)

const dataset = dataFor({ name: 'table', inputs: [[13]], targets: [[1]], build: net }, 100)
const data: FoldData = { dataset, train: rowsUpTo(0, 70), validation: rowsUpTo(70, 100) }

function net(dropout = 0.3, optimizer: Optimizer = train.adam(0.01), inputs = 13): LayersModel {
  const model = sequential({
    layers: [
      layers.dense({ name: 'first', units: 20, activation: 'relu', inputShape: [inputs] }),
      layers.dropout({ name: 'drop', rate: dropout }),
      layers.dense({ name: 'second', units: 9, activation: 'swish' }),
      layers.dense({ name: 'last', units: 1 }),
    ],
  })
  model.compile({ loss: 'meanSquaredError', optimizer, metrics: ['mae'] })
  seedWeights(model, 'net')
  return model
}

const weightsOf = (model: LayersModel) => model.getWeights().map((weight) => Array.from(weight.dataSync()))

interface Trained extends TrainingResult {
  readonly metrics: Metrics[]
  readonly model: LayersModel
}

async function trained(
  job: Partial<TrainingJob> = {},
  options: { engine?: SimdEngine; data?: FoldData; answer?: (epoch: number) => 'continue' | 'stop' } = {},
): Promise<Trained> {
  const model = job.model ?? net()
  const metrics: Metrics[] = []
  const engine = options.engine ?? new SimdEngine()
  const result = await engine.train(
    { model, epochs: { from: 0, to: 6 }, batchSize: 16, shuffle: true, stream: 'fold', keepCheckpoint: true, ...job },
    options.data ?? data,
    {
      onEpoch(epoch, values) {
        metrics.push({ ...values })
        return options.answer?.(epoch) ?? 'continue'
      },
    },
  )
  return { ...result, metrics, model }
}

const numbersOf = ({ checkpoint }: TrainingResult) =>
  [...(checkpoint?.weights ?? []), ...(checkpoint?.optimizer ?? [])].map(({ values }) => Array.from(values))

describe('bits', () => {
  test.each(['strict', 'auto'] as const)(
    '%s arithmetic repeats itself, in a fresh and in a used engine',
    async (arithmetic) => {
      const engine = new SimdEngine({ arithmetic })
      const [first, again, fresh] = [
        await trained({}, { engine }),
        await trained({}, { engine }),
        await trained({}, { engine: new SimdEngine({ arithmetic }) }),
      ]
      expect(weightsOf(again.model)).toEqual(weightsOf(first.model))
      expect(weightsOf(fresh.model)).toEqual(weightsOf(first.model))
      expect(fresh.metrics).toEqual(first.metrics)
    },
  )

  test('the stream decides order and dropout', async () => {
    const [one, other] = [await trained(), await trained({ stream: 'another fold' })]
    expect(weightsOf(one.model)).not.toEqual(weightsOf(other.model))
  })

  test.each([1, 2, 5])('training cut after epoch %i and continued equals training at once', async (cut) => {
    const whole = await trained()
    const begun = await trained({ epochs: { from: 0, to: cut } })
    const { checkpoint } = begun
    const ended = await trained({ epochs: { from: cut, to: 6 }, ...(checkpoint && { checkpoint }) })
    expect(weightsOf(ended.model)).toEqual(weightsOf(whole.model))
    expect(numbersOf(ended)).toEqual(numbersOf(whole))
    expect([...begun.metrics, ...ended.metrics]).toEqual(whole.metrics)
  })
})

describe('the loop', () => {
  test('reports metrics by the names of Keras, and validation without dropout', async () => {
    const { metrics, end, epochs, model } = await trained()
    expect([end, epochs, metrics.length]).toEqual(['complete', 6, 6])
    expect(Object.keys(metrics[0] ?? {})).toEqual(['loss', 'mae', 'val_loss', 'val_mae'])
    const { x, y } = new Feed(dataset, model).batch(data.validation, 0, data.validation.length)
    const [loss, mae] = [model.evaluate(x, y)].flat().map((scalar) => scalar.dataSync()[0] as number)
    expect(metrics.at(-1)?.val_loss).toBeCloseTo(loss as number, 5)
    expect(metrics.at(-1)?.val_mae).toBeCloseTo(mae as number, 5)
  })

  test('stops where a hook says so', async () => {
    const { end, epochs, metrics } = await trained({}, { answer: (epoch) => (epoch === 3 ? 'stop' : 'continue') })
    expect([end, epochs, metrics.length]).toEqual(['pruned', 3, 3])
  })

  test('early stopping puts the weights of the best epoch back', async () => {
    const earlyStopping = { patience: 2, restoreBest: true, monitor: 'val_loss', direction: 'minimize' } as const
    const model = net(0, train.sgd(0.35))
    const { metrics, end, checkpoint } = await trained({ model, earlyStopping, epochs: { from: 0, to: 40 } })
    const values = metrics.map((values) => values.val_loss as number)
    const best = values.indexOf(Math.min(...values)) + 1
    expect(end).toBe('complete')
    expect(values.length).toBe(best + 2)
    expect(checkpoint?.stopping?.bestEpoch).toBe(best)
    const upToBest = net(0, train.sgd(0.35))
    await trained({ model: upToBest, epochs: { from: 0, to: best } })
    expect(weightsOf(model)).toEqual(weightsOf(upToBest))
    expect(weightsOf(model)).not.toEqual(checkpoint?.weights.map(({ values }) => Array.from(values)))
  })

  test('a loss that is no number ends training after its epoch', async () => {
    const { end, epochs, metrics } = await trained({ model: net(0, train.adam(1e30)) })
    expect(end).toBe('diverged')
    expect(metrics.length).toBe(epochs)
    expect(epochs).toBeLessThan(6)
  })
})

describe('data', () => {
  test('bytes with a scale train as the numbers they stand for', async () => {
    const source = dataset.inputs[0]
    const bytes = new Uint8Array(new SharedArrayBuffer(100 * 16))
    const floats = sharedFloats(100 * 16)
    bytes.forEach((_, i) => {
      bytes[i] = (i * 7919) % 256
      floats[i] = Math.fround((bytes[i] as number) * Math.fround(1 / 255))
    })
    const withInput = (data: typeof bytes | typeof floats, scale: number): Dataset => ({
      ...dataset,
      inputs: [{ ...source, kind: 'dense', data, shape: [16], scale }],
    })
    const run = (dataset: Dataset) => trained({ model: net(0, train.adam(0.01), 16) }, { data: { ...data, dataset } })
    const [fromBytes, fromFloats] = [await run(withInput(bytes, 1 / 255)), await run(withInput(floats, 1))]
    expect(weightsOf(fromBytes.model)).toEqual(weightsOf(fromFloats.model))
  })

  test('sparse rows train as the dense rows they stand for, bit for bit', async () => {
    const columns = 50
    const floats = sharedFloats(100 * columns)
    const starts = new Uint32Array(new SharedArrayBuffer(4 * 101))
    const entries: number[] = []
    for (let row = 0; row < 100; row++) {
      for (let column = 0; column < columns; column++) {
        if ((row * 31 + column * 17) % 7 > 1) continue
        floats[row * columns + column] = 1
        entries.push(column)
      }
      starts[row + 1] = entries.length
    }
    const shared = new Uint16Array(new SharedArrayBuffer(2 * entries.length))
    shared.set(entries)
    const dense: Dataset = { ...dataset, inputs: [{ kind: 'dense', data: floats, shape: [columns] }] }
    const sparse: Dataset = { ...dataset, inputs: [{ kind: 'sparse', starts, columns: shared, shape: [columns] }] }
    const run = (dataset: Dataset) =>
      trained({ model: net(0.2, train.adam(0.01), columns) }, { data: { ...data, dataset } })
    const [one, other] = [await run(sparse), await run(dense)]
    expect(other.metrics).toEqual(one.metrics)
    expect(weightsOf(other.model)).toEqual(weightsOf(one.model))
  })
})

describe('what cannot be trained here', () => {
  const reason = (model: LayersModel, dataset: Dataset = data.dataset) =>
    new SimdEngine().supports(model, { ...data, dataset })

  test('is named', () => {
    const recurrent = sequential({
      layers: [
        layers.simpleRNN({ units: 3, inputShape: [13, 1], recurrentInitializer: 'zeros' }),
        layers.dense({ units: 1 }),
      ],
    })
    recurrent.compile({ loss: 'meanSquaredError', optimizer: 'sgd' })
    expect(reason(recurrent)).toMatch(/^layer simple_rnn\w+ \(SimpleRNN\)$/)
    const custom = net()
    custom.compile({ loss: (truth, prediction) => truth.sub(prediction).abs().mean(), optimizer: 'sgd' })
    expect(reason(custom)).toMatch(/^loss function/)
    const wide = dataFor({ name: 'wide', inputs: [[14]], targets: [[1]], build: net })
    expect(reason(net(), wide)).toBe('input 0: shape [13] for data of shape [14]')
    expect(reason(net())).toBe(true)
  })
})

test('a plan reads like a program', () => {
  expect(new SimdEngine().explain(net(), data, 16)).toMatchInlineSnapshot(`
    "weights
      first/kernel         panels 16x20 at 8896, learns as it goes, 2 slots
      first/bias           lines 1x20 at 8512, learns, 2 slots
      second/kernel        panels 24x9 at 13696, learns as it goes, 2 slots
      second/bias          lines 1x9 at 13504, learns, 2 slots
      last/kernel          column 16x1 at 18496, learns, 2 slots
      last/bias            lines 1x1 at 18304, learns, 2 slots
    training
      first                y[20] = relu(x[13] · kernel + bias)
      drop                 y[20] = dropout(x[20], 0.3)
      second               z[9] = x[20] · kernel + bias
      second               y[9] = swish(x[20])
      last                 z[1] = x[9] · kernel + bias
      loss                 meanSquaredError(last, target 0) and its gradient
    backward
      last                 x.g = d · kernel transposed
      last                 kernel.g = x transposed · d
      last                 bias.g = column sums of d
      last/bias            learns g
      last/kernel          learns g
      second               g = d · swish'
      second               x.g = d · kernel transposed
      second               kernel learns x transposed · d
      second               bias.g = column sums of d
      second/bias          learns g
      drop                 x.g = d where y > 0
      first                kernel learns x transposed · d
      first                bias.g = column sums of d
      first/bias           learns g
    evaluation
      first                y[20] = relu(x[13] · kernel + bias)
      drop                 y[20] = x[20]
      second               z[9] = x[20] · kernel + bias
      second               y[9] = swish(x[20])
      last                 z[1] = x[9] · kernel + bias
      loss                 meanSquaredError(last, target 0)"
  `)
})
