import { layers } from '@tensorflow/tfjs-layers'
import { test } from 'vitest'
import { expectAgreement } from './agreement.ts'
import { network } from './network.ts'

// Layers that move numbers, or look them up.

const conv = (filters: number, inputShape?: number[]) =>
  layers.conv2d({ filters, kernelSize: 2, ...(inputShape && { inputShape }) })
const dense = (units: number, inputShape: number[]) => layers.dense({ units, inputShape, activation: 'tanh' })

const cases = [
  network('zeroPadding2d of data', [4, 4, 3], (inputShape) => [
    layers.zeroPadding2d({ inputShape, padding: 1 }),
    conv(5),
  ]),
  network('zeroPadding2d', [4, 4, 3], (inputShape) => [
    conv(5, inputShape),
    layers.zeroPadding2d({
      padding: [
        [0, 2],
        [1, 3],
      ],
    }),
    conv(3),
  ]),
  network('cropping2d', [6, 6, 3], (inputShape) => [
    conv(5, inputShape),
    layers.cropping2D({
      cropping: [
        [1, 0],
        [2, 1],
      ],
    }),
  ]),
  network('upSampling2d, bilinear', [4, 4, 3], (inputShape) => [
    conv(5, inputShape),
    layers.upSampling2d({ size: [3, 3], interpolation: 'bilinear' }),
    conv(3),
  ]),
  network('spatialDropout1d of nothing', [6, 3], (inputShape) => [
    dense(5, inputShape),
    layers.spatialDropout1d({ rate: 0 }),
  ]),
  network('permute of data', [3, 4], (inputShape) => [layers.permute({ inputShape, dims: [2, 1] }), dense(3, [4, 3])]),
  network('permute', [2, 3, 4], (inputShape) => [dense(5, inputShape), layers.permute({ dims: [3, 1, 2] })]),
  network('repeatVector', [4], (inputShape) => [
    dense(5, inputShape),
    layers.repeatVector({ n: 3 }),
    layers.dense({ units: 2, activation: 'tanh' }),
  ]),
  {
    ...network('embedding', [6], (inputShape) => [
      layers.embedding({ inputShape, inputDim: 7, outputDim: 5 }),
      layers.conv1d({ filters: 4, kernelSize: 2 }),
    ]),
    vocabulary: 7,
  },
]

test.each(cases.map((agreement) => [agreement.name, agreement] as const))('%s', async (_name, agreement) => {
  await expectAgreement(agreement, 'strict', 'auto')
})
