import { layers, regularizers } from '@tensorflow/tfjs-layers'
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
    conv(4, { inputShape, kernelSize: [2, 4], padding: 'same', activation: 'relu' }),
    conv(4, { kernelSize: [1, 5], activation: 'tanh' }),
    conv(4, { kernelSize: [4, 1], padding: 'same' }),
  ]),
  network('more pixels than a group', [10, 11, 2], (inputShape) => [
    conv(9, { inputShape }),
    conv(3, { padding: 'same', activation: 'relu' }),
  ]),
  network('penalties', [5, 5, 3], (inputShape) => [
    conv(5, { inputShape, kernelRegularizer: regularizers.l2({ l2: 0.02 }) }),
    conv(3, { biasRegularizer: regularizers.l1({ l1: 0.01 }) }),
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

const depthwiseCases = [
  network('valid', [6, 6, 3], (inputShape) => [
    layers.depthwiseConv2d({ inputShape, kernelSize: 3 }),
    layers.depthwiseConv2d({ kernelSize: [2, 3], activation: 'relu' }),
  ]),
  network('same, several kernels a channel', [6, 5, 3], (inputShape) => [
    layers.depthwiseConv2d({ inputShape, kernelSize: 3, padding: 'same', depthMultiplier: 2, activation: 'tanh' }),
    layers.depthwiseConv2d({ kernelSize: 2, strides: 2, padding: 'same', depthMultiplier: 3 }),
  ]),
]

const separableCases = [
  network('valid', [6, 7, 3], (inputShape) => [
    layers.separableConv2d({ inputShape, filters: 9, kernelSize: 3, activation: 'relu' }),
    layers.separableConv2d({ filters: 4, kernelSize: 2, useBias: false }),
  ]),
  network('same, strides, several kernels a channel', [6, 7, 2], (inputShape) => [
    layers.separableConv2d({ inputShape, filters: 5, kernelSize: 3, padding: 'same', depthMultiplier: 3 }),
    layers.separableConv2d({ filters: 6, kernelSize: 3, strides: 2, padding: 'same', activation: 'sigmoid' }),
  ]),
]

const transposed = (filters: number, options: Options = {}) =>
  layers.conv2dTranspose({ filters, kernelSize: 3, ...(options as object) })

const transposedCases = [
  network('valid', [3, 4, 3], (inputShape) => [transposed(5, { inputShape, activation: 'relu' }), transposed(2)]),
  network('same', [4, 3, 6], (inputShape) => [
    transposed(9, { inputShape, padding: 'same', activation: 'swish' as 'relu' }),
    transposed(3, { padding: 'same', strides: 2, useBias: false }),
  ]),
  network('strides', [3, 2, 4], (inputShape) => [
    transposed(6, { inputShape, strides: 2, activation: 'tanh' }),
    transposed(4, { strides: [2, 3], kernelSize: 2 }),
  ]),
]

describe.each([
  ['conv2d', conv2dCases],
  ['conv1d', conv1dCases],
  ['depthwiseConv2d', depthwiseCases],
  ['separableConv2d', separableCases],
  ['conv2dTranspose', transposedCases],
])('%s', (_, cases) => {
  test.each(cases.map((agreement) => [agreement.name, agreement] as const))('%s', async (_name, agreement) => {
    await expectAgreement(agreement, 'strict', 'auto')
  })
})
