import { train } from '@tensorflow/tfjs-core'
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers'
import { expect, test } from 'vitest'
import { type AgreementCase, expectAgreement, explained } from './agreement.ts'
import { network } from './network.ts'

const conv = (filters: number, inputShape: number[], activation: 'relu' | 'linear' = 'linear') =>
  layers.conv2d({ filters, kernelSize: 2, inputShape, activation })
const dense = (units: number, inputShape: number[]) => layers.dense({ units, inputShape })

const cases = [
  network('max of data', [6, 6, 3], (inputShape) => [layers.maxPooling2d({ inputShape })]),
  network('max', [7, 8, 3], (inputShape) => [conv(5, inputShape), layers.maxPooling2d({ poolSize: 2 })]),
  network('max after relu', [8, 8, 1], (inputShape) => [
    conv(9, inputShape, 'relu'),
    layers.maxPooling2d({ poolSize: 2 }),
  ]),
  network('max of images one by one', [11, 9, 2], (inputShape) => [
    conv(5, inputShape, 'relu'),
    layers.maxPooling2d({ poolSize: 2 }),
    conv(3, [5, 4, 5]),
  ]),
  network('max of images that do not learn', [7, 9, 2], (inputShape) => [
    layers.conv2d({ filters: 5, kernelSize: 2, inputShape, activation: 'relu', trainable: false }),
    layers.maxPooling2d({ poolSize: 2, padding: 'same' }),
    conv(3, [3, 4, 5]),
  ]),
  network('max after another activation', [6, 7, 2], (inputShape) => [
    layers.conv2d({ filters: 9, kernelSize: 1, inputShape, activation: 'tanh' }),
    layers.maxPooling2d({ poolSize: 2 }),
  ]),
  network('max of overlapping windows', [8, 7, 2], (inputShape) => [
    conv(3, inputShape, 'relu'),
    layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
  ]),
  network('max of far windows', [9, 9, 2], (inputShape) => [
    conv(3, inputShape),
    layers.maxPooling2d({ poolSize: [2, 1], strides: [3, 2] }),
  ]),
  network('mean', [7, 8, 3], (inputShape) => [conv(5, inputShape), layers.averagePooling2d({ poolSize: [2, 3] })]),
  network('mean of overlapping windows', [7, 7, 2], (inputShape) => [
    conv(9, inputShape),
    layers.averagePooling2d({ poolSize: 3, strides: 1 }),
  ]),
  network('max of a sequence', [9, 4], (inputShape) => [dense(5, inputShape), layers.maxPooling1d({ poolSize: 2 })]),
  network('mean of a sequence', [9, 4], (inputShape) => [
    dense(5, inputShape),
    layers.averagePooling1d({ poolSize: 3, strides: 2 }),
  ]),
  network('global max', [4, 5, 3], (inputShape) => [conv(6, inputShape), layers.globalMaxPooling2d({})]),
  network('global max of a sequence', [9, 4], (inputShape) => [dense(5, inputShape), layers.globalMaxPooling1d({})]),
  network('global mean', [4, 5, 3], (inputShape) => [conv(6, inputShape), layers.globalAveragePooling2d({})]),
  network('global mean of a sequence', [9, 4], (inputShape) => [
    dense(5, inputShape),
    layers.globalAveragePooling1d({}),
  ]),
]

/** A relu whose result two layers use: its slope is nobody's to take over. */
const shared: AgreementCase = {
  name: 'max and mean of one relu',
  inputs: [[6, 6, 2]],
  targets: [[3], [3]],
  build() {
    const x = input({ shape: [6, 6, 2] })
    const y = conv(5, [6, 6, 2], 'relu').apply(x) as SymbolicTensor
    const pooled = [layers.maxPooling2d({ poolSize: 2 }), layers.averagePooling2d({ poolSize: 2 })].map((pooling) =>
      layers.dense({ units: 3 }).apply(layers.flatten().apply(pooling.apply(y))),
    ) as SymbolicTensor[]
    const net = model({ inputs: x, outputs: pooled })
    net.compile({ loss: 'meanSquaredError', optimizer: train.sgd(0.02) })
    return net
  },
}

test.each([...cases, shared].map((agreement) => [agreement.name, agreement] as const))(
  '%s',
  async (_name, agreement) => {
    await expectAgreement(agreement, 'strict', 'auto')
  },
)

test('images go to pooling one by one where nobody else wants them', () => {
  const streams = (wanted: string) => {
    const one = [...cases, shared].find(({ name }) => name === wanted)
    return one && explained(one).includes('as x comes')
  }
  expect(streams('max')).toBe(true)
  expect(streams('max of images one by one')).toBe(true)
  expect(streams('max of data')).toBe(false)
  expect(streams('max after another activation')).toBe(false)
  expect(streams('max of overlapping windows')).toBe(false)
  expect(streams('max and mean of one relu')).toBe(false)
})
