import '@tensorflow/tfjs-backend-cpu'
import { createHash } from 'node:crypto'
import { setBackend, tensor, tidy, train } from '@tensorflow/tfjs-core'
import {
  constraints,
  input,
  type LayersModel,
  layers,
  model,
  regularizers,
  type SymbolicTensor,
  sequential,
} from '@tensorflow/tfjs-layers'
import { RandomStream } from '../../../../src/core/random.ts'
import { type Dataset, type DenseBlock, sharedFloats } from '../../../../src/data/dataset.ts'
import { schedules } from '../../../../src/training/learning-rate.ts'
import { keras } from '../../../../src/trial-runner/engines/keras/keras.ts'
import { SimdEngine } from '../../../../src/trial-runner/engines/simd/engine.ts'

// Networks whose weights must come out the same, bit for bit, on every machine and on every version of Node. Data and first
// weights are uniform: normal numbers would need a logarithm of the host.

const ROWS = 100

function classifier(): LayersModel {
  const net = sequential({
    layers: [
      layers.dense({ units: 40, activation: 'relu', inputShape: [13] }),
      layers.dropout({ rate: 0.3 }),
      layers.dense({ units: 17, activation: 'selu' }),
      layers.alphaDropout({ rate: 0.2 }),
      layers.dense({ units: 5, activation: 'softmax' }),
    ],
  })
  net.compile({ loss: 'sparseCategoricalCrossentropy', optimizer: train.adam(0.01), metrics: ['accuracy'] })
  return net
}

function branches(): LayersModel {
  const inputs = input({ shape: [13] })
  const one = layers.dense({ units: 12, activation: 'gelu' }).apply(inputs) as SymbolicTensor
  const two = layers.prelu().apply(layers.dense({ units: 12 }).apply(inputs)) as SymbolicTensor
  const noisy = layers.gaussianNoise({ stddev: 0.2 }).apply(layers.maximum().apply([one, two])) as SymbolicTensor
  const product = layers.multiply().apply([noisy, one]) as SymbolicTensor
  const all = layers.concatenate().apply([product, noisy, layers.softmax().apply(two) as SymbolicTensor])
  const hidden = layers.gaussianDropout({ rate: 0.2 }).apply(layers.dense({ units: 9, activation: 'mish' }).apply(all))
  const outputs = layers.dense({ units: 5 }).apply(hidden) as SymbolicTensor
  const net = model({ inputs, outputs })
  const learningRate = schedules.cosineDecay({ initialLearningRate: 0.02, decaySteps: 15 })
  const optimizer = keras.optimizers.nadam({ learningRate, weightDecay: 0.01, globalClipNorm: 0.5 })
  net.compile({ loss: keras.losses.sparseCategoricalCrossentropy({ fromLogits: true }), optimizer })
  return net
}

function constrained(): LayersModel {
  const net = sequential({
    layers: [
      layers.dense({
        units: 30,
        activation: 'tanh',
        inputShape: [13],
        kernelRegularizer: regularizers.l1l2({ l1: 0.001, l2: 0.01 }),
        kernelConstraint: constraints.maxNorm({ maxValue: 0.8, axis: 0 }),
      }),
      layers.dense({ units: 8, activation: 'swish' }),
      layers.dense({ units: 5, activation: 'softplus' }),
    ],
  })
  const rate = schedules.exponentialDecay({ initialLearningRate: 0.01, decaySteps: 10, decayRate: 0.7 })
  net.compile({ loss: 'categoricalCrossentropy', optimizer: keras.optimizers.rmsprop({ learningRate: rate }) })
  return net
}

function images(): LayersModel {
  const net = sequential({
    layers: [
      layers.reshape({ targetShape: [8, 8, 3], inputShape: [192] }),
      layers.conv2d({ filters: 10, kernelSize: 3, padding: 'same', activation: 'relu' }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.batchNormalization(),
      layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, activation: 'elu' }),
      layers.upSampling2d({ size: [2, 2] }),
      layers.conv2dTranspose({ filters: 6, kernelSize: 2, strides: 2 }),
      layers.layerNormalization(),
      layers.separableConv2d({ filters: 7, kernelSize: 3, activation: 'relu' }),
      layers.zeroPadding2d({ padding: [1, 0] }),
      layers.averagePooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 12, activation: 'relu' }),
      layers.dropout({ rate: 0.25 }),
      layers.dense({ units: 1 }),
    ],
  })
  net.compile({ loss: 'meanSquaredError', optimizer: train.rmsprop(0.002), metrics: ['mae'] })
  return net
}

/** Convolutions of patches and by tiles, and pooling of images as they come. */
function tiles(): LayersModel {
  const net = sequential({
    layers: [
      layers.dense({ units: 128, activation: 'relu', inputShape: [13] }),
      layers.reshape({ targetShape: [8, 8, 2] }),
      layers.conv2d({ filters: 9, kernelSize: 3, activation: 'relu' }),
      layers.conv2d({ filters: 10, kernelSize: 3, padding: 'same', activation: 'relu' }),
      layers.conv2d({ filters: 6, kernelSize: 1, activation: 'relu' }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 5, activation: 'softmax' }),
    ],
  })
  net.compile({ loss: 'sparseCategoricalCrossentropy', optimizer: train.adam(0.003) })
  return net
}

function dataset(width: number): Dataset {
  const random = new RandomStream('fixed networks')
  const block = (width: number, next: () => number): DenseBlock => {
    const data = sharedFloats(ROWS * width)
    for (let i = 0; i < data.length; i++) data[i] = next()
    return { kind: 'dense', data, shape: [width] }
  }
  return {
    rows: ROWS,
    inputs: [block(width, () => 4 * random.next() - 2)],
    targets: [block(1, () => random.integer(5))],
    task: { kind: 'classification', classes: ['a', 'b', 'c', 'd', 'e'] },
  }
}

function uniformWeights(net: LayersModel, random: RandomStream): void {
  tidy(() => {
    const fresh = net.getWeights().map(({ shape, size }) => {
      const values = Float32Array.from({ length: size }, () => (random.next() - 0.5) * (shape.length > 1 ? 0.8 : 0.1))
      return tensor(values, shape)
    })
    net.setWeights(fresh)
  })
}

/** Trains all networks for three epochs: a digest of every weight and every reported number. */
export async function digest(arithmetic: 'strict' | 'fma'): Promise<string> {
  await setBackend('cpu')
  const hash = createHash('sha256')
  const rows = Int32Array.from({ length: ROWS }, (_, i) => i)
  for (const [i, build] of [classifier, branches, constrained, images, tiles].entries()) {
    const net = build()
    const width = net.inputs[0]?.shape[1] ?? 0
    const data = { dataset: dataset(width), train: rows.slice(0, 75), validation: rows.slice(75) }
    uniformWeights(net, new RandomStream('weights').split(i))
    const job = { epochs: { from: 0, to: 3 }, batchSize: 16, shuffle: true, stream: `s${i}`, keepCheckpoint: false }
    await new SimdEngine({ arithmetic }).train({ ...job, model: net }, data, {
      onEpoch(_, metrics) {
        hash.update(Float64Array.from(Object.values(metrics)))
        return 'continue'
      },
    })
    for (const weight of net.getWeights()) hash.update(weight.dataSync())
  }
  return hash.digest('hex').slice(0, 32)
}
