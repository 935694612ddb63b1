import { layers } from '@tensorflow/tfjs-layers'
import { test } from 'vitest'
import { expectAgreement } from './agreement.ts'
import { network } from './network.ts'

const dense = (units: number, inputShape: number[]) => layers.dense({ units, inputShape })
const batch = (options: object = {}) => layers.batchNormalization(options)
const conv = (filters: number, inputShape: number[]) => layers.conv2d({ filters, kernelSize: 2, inputShape })

const cases = [
  network('batch, of vectors', [5], (inputShape) => [dense(9, inputShape), batch()]),
  network('batch, of data', [5], (inputShape) => [batch({ inputShape, momentum: 0.8 })]),
  network('batch, of images', [4, 5, 3], (inputShape) => [
    conv(6, inputShape),
    batch({ momentum: 0.7, epsilon: 0.01 }),
    layers.activation({ activation: 'relu' }),
  ]),
  network('batch, frozen', [5], (inputShape) => [dense(9, inputShape), batch({ trainable: false })]),
  network('layer, of vectors', [5], (inputShape) => [dense(9, inputShape), layers.layerNormalization()]),
  network('layer, of data', [4, 5], (inputShape) => [layers.layerNormalization({ inputShape })]),
  network('layer, of images', [4, 5, 3], (inputShape) => [
    conv(6, inputShape),
    layers.layerNormalization({ epsilon: 0.01 }),
  ]),
]

test.each(cases.map((agreement) => [agreement.name, agreement] as const))('%s', async (_name, agreement) => {
  await expectAgreement(agreement, 'strict', 'auto')
})
