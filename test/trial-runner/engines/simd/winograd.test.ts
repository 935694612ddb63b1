import { layers, regularizers } from '@tensorflow/tfjs-layers'
import { describe, expect, test } from 'vitest'
import { SimdEngine } from '../../../../src/trial-runner/engines/simd/engine.ts'
import { type AgreementCase, dataFor, expectAgreement, explained, seedWeights } from './agreement.ts'
import { network } from './network.ts'

type Options = Partial<Parameters<typeof layers.conv2d>[0]>

const conv = (filters: number, options: Options = {}) =>
  layers.conv2d({ filters, kernelSize: 3, ...(options as object) })

// Batches have 8 rows, the last one 6: more and less than a block of tiles.
const cases = [
  network('even extents', [6, 8, 8], (inputShape) => [conv(8, { inputShape })]),
  network('odd extents, few rows of channels', [7, 8, 3], (inputShape) => [
    conv(9, { inputShape, activation: 'relu' }),
    conv(11, { activation: 'relu' }),
  ]),
  network('same', [7, 8, 3], (inputShape) => [
    conv(9, { inputShape, kernelSize: 1 }),
    conv(11, { padding: 'same', activation: 'relu' }),
  ]),
  network('images smaller than a tile', [3, 4, 12], (inputShape) => [
    conv(14, { inputShape, padding: 'same', activation: 'tanh' }),
    conv(12, { padding: 'same', useBias: false }),
  ]),
  network('several blocks of tiles', [11, 10, 3], (inputShape) => [
    conv(9, { inputShape, kernelSize: 1 }),
    conv(8, { activation: 'swish' as 'relu' }),
  ]),
  network('many channels', [5, 5, 28], (inputShape) => [conv(25, { inputShape, activation: 'relu' })]),
  network('a slope that pooling takes', [9, 8, 2], (inputShape) => [
    conv(9, { inputShape, activation: 'relu' }),
    conv(10, { activation: 'relu' }),
    layers.maxPooling2d({ poolSize: 2 }),
  ]),
  network('penalties', [6, 6, 8], (inputShape) => [
    conv(8, { inputShape, kernelRegularizer: regularizers.l2({ l2: 0.02 }) }),
    conv(10, { padding: 'same', biasRegularizer: regularizers.l1({ l1: 0.01 }) }),
  ]),
  network('frozen', [6, 6, 3], (inputShape) => [
    conv(8, { inputShape }),
    conv(9, { trainable: false, padding: 'same', activation: 'relu' }),
    conv(10, { padding: 'same' }),
  ]),
]

describe('convolutions by tiles', () => {
  test.each(cases.map((agreement) => [agreement.name, agreement] as const))('%s', async (_name, agreement) => {
    expect(explained(agreement)).toContain('by tiles')
    await expectAgreement(agreement, 'strict', 'auto')
  })

  test.each<[string, number[], number, Options]>([
    ['of few channels', [8, 8, 7], 8, {}],
    ['of few filters', [8, 8, 8], 7, {}],
    ['of one pixel', [3, 3, 8], 8, {}],
    ['with strides', [9, 9, 8], 8, { strides: 2 }],
    ['with dilation', [9, 9, 8], 8, { dilationRate: 2 }],
    ['of other kernels', [8, 8, 8], 8, { kernelSize: 2 }],
  ])('not those %s', (_name, shape, filters, options) => {
    const one = network('direct', shape, (inputShape) => [conv(filters, { inputShape, ...options })])
    expect(explained(one)).not.toContain('by tiles')
  })
})

describe('bits of convolutions by tiles', () => {
  const [one] = cases.slice(-1)
  const other = cases.find(({ name }) => name === 'several blocks of tiles')
  if (!one || !other) throw new Error('cases are missing')

  type Checkpoint = NonNullable<Parameters<SimdEngine['train']>[0]['checkpoint']>

  async function train(
    engine: SimdEngine,
    agreement: AgreementCase,
    from: number,
    to: number,
    checkpoint?: Checkpoint,
  ) {
    const dataset = dataFor(agreement)
    const model = agreement.build()
    seedWeights(model, agreement.name)
    const job = { model, epochs: { from, to }, batchSize: 8, shuffle: true, stream: 'bits', keepCheckpoint: true }
    const data = {
      dataset,
      train: Int32Array.from({ length: dataset.rows }, (_, i) => i),
      validation: new Int32Array(),
    }
    const started = { ...job, ...(checkpoint && { checkpoint }) }
    const { checkpoint: end } = await engine.train(started, data, { onEpoch: () => 'continue' })
    return { end, weights: model.getWeights().map((weight) => Array.from(weight.dataSync())) }
  }

  test.each(['strict', 'auto'] as const)('are the same after a cut and after other work, %s', async (arithmetic) => {
    const whole = await train(new SimdEngine({ arithmetic }), one, 0, 4)
    const engine = new SimdEngine({ arithmetic })
    await train(engine, other, 0, 1)
    const half = await train(engine, one, 0, 2)
    await train(engine, other, 0, 1)
    const cut = await train(engine, one, 2, 4, half.end)
    expect(cut.weights).toEqual(whole.weights)
    expect(half.weights).not.toEqual(whole.weights)
  })
})
