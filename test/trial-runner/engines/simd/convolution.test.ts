import { layers } from '@tensorflow/tfjs-layers'
import { describe, test } from 'vitest'
import { expectAgreement } from './agreement.ts'
import { network } from './network.ts'

type Options = Partial<Parameters<typeof layers.conv2d>[0]>

const conv = (filters: number, options: Options = {}) =>
  layers.conv2d({ filters, kernelSize: 3, ...(options as object) })

const conv2dCases = [
  network('valid', [6, 7, 3], (inputShape) => [conv(5, { inputShape }), conv(9)]),
  network('same', [5, 6, 3], (inputShape) => [
    conv(5, { inputShape, padding: 'same' }),
    conv(9, { padding: 'same', activation: 'relu' }),
  ]),
  network('relu', [7, 7, 1], (inputShape) => [
    conv(8, { inputShape, activation: 'relu' }),
    conv(16, { activation: 'relu' }),
    conv(3),
  ]),
  network('tanh and swish', [6, 6, 4], (inputShape) => [
    conv(6, { inputShape, activation: 'swish' as 'relu' }),
    conv(4, { activation: 'tanh' }),
  ]),
  network('softmax over channels', [5, 5, 2], (inputShape) => [
    conv(6, { inputShape, activation: 'softmax' }),
    conv(2, { useBias: false }),
  ]),
  network('strides', [9, 8, 3], (inputShape) => [
    conv(5, { inputShape, strides: 2 }),
    conv(6, { strides: [1, 2], kernelSize: [2, 1] }),
  ]),
  network('strides of same', [9, 8, 3], (inputShape) => [
    conv(5, { inputShape, strides: 2, padding: 'same' }),
    conv(6, { strides: [3, 2], padding: 'same', activation: 'relu' }),
  ]),
  network('strides wider than the kernel', [7, 8, 3], (inputShape) => [
    conv(8, { inputShape, padding: 'same' }),
    conv(4, { strides: 3, kernelSize: 1, padding: 'same' }),
  ]),
  network('even and long kernels', [6, 9, 5], (inputShape) => [
    conv(4, { inputShape, kernelSize: [2, 4], padding: 'same', activation: 'tanh' }),
    conv(4, { kernelSize: [1, 5] }),
    conv(4, { kernelSize: [4, 1], padding: 'same' }),
  ]),
  network('more pixels than a group', [10, 11, 2], (inputShape) => [
    conv(9, { inputShape }),
    conv(3, { padding: 'same', activation: 'relu' }),
  ]),
  network('frozen', [6, 6, 3], (inputShape) => [conv(5, { inputShape }), conv(5, { trainable: false }), conv(3)]),
]

const conv1dCases = [
  network('valid', [9, 5], (inputShape) => [
    layers.conv1d({ inputShape, filters: 6, kernelSize: 3, activation: 'relu' }),
    layers.conv1d({ filters: 4, kernelSize: 2, strides: 2 }),
  ]),
  network('same', [7, 1], (inputShape) => [
    layers.conv1d({ inputShape, filters: 9, kernelSize: 4, padding: 'same' }),
    layers.conv1d({ filters: 3, kernelSize: 3, padding: 'same', strides: 2, activation: 'sigmoid' }),
  ]),
]

describe.each([
  ['conv2d', conv2dCases],
  ['conv1d', conv1dCases],
])('%s', (_, cases) => {
  test.each(cases.map((agreement) => [agreement.name, agreement] as const))('%s', async (_name, agreement) => {
    await expectAgreement(agreement, 'strict', 'auto')
  })
})
