import { type Optimizer, tensor, tidy, train } from '@tensorflow/tfjs-core'
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers'
import { RandomStream } from '../../src/core/random.ts'
import { type Dataset, sharedFloats, sizeOf } from '../../src/data/dataset.ts'
import type { FoldData } from '../../src/training/fold-data.ts'
import '../../src/trial-runner/engines/tfjs/tf.ts'

interface Choices {
  readonly dropout?: number
  /** In place of its own, which takes a few epochs. */
  readonly optimizer?: Optimizer
}

/** A small network that tells three classes apart, and what it learns from. */
export interface Network {
  readonly name: string
  /** Compiled, with the same weights each time. */
  build(choices?: Choices): LayersModel
  readonly data: FoldData
}

const [TRAIN, VALIDATION, CLASSES] = [32, 12, 3]

function network(
  name: string,
  shape: number[],
  stack: (dropout: layers.Layer) => layers.Layer[],
  optimizerOf: () => Optimizer,
): Network {
  const rows = Int32Array.from({ length: TRAIN + VALIDATION }, (_, i) => i)
  return {
    name,
    data: { dataset: datasetOf(name, shape), train: rows.slice(0, TRAIN), validation: rows.slice(TRAIN) },
    build({ dropout = 0, optimizer = optimizerOf() } = {}) {
      const output = layers.dense({ units: CLASSES, activation: 'softmax' })
      const model = sequential({ layers: [...stack(layers.dropout({ rate: dropout })), output] })
      model.compile({ optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
      seedWeights(model, name)
      return model
    },
  }
}

export const table = network(
  'table',
  [6],
  (dropout) => [layers.dense({ units: 9, activation: 'relu', inputShape: [6] }), layers.batchNormalization(), dropout],
  () => train.adam(0.02),
)

export const images = network(
  'images',
  [7, 6, 2],
  (dropout) => [
    layers.conv2d({ filters: 5, kernelSize: 3, activation: 'tanh', inputShape: [7, 6, 2] }),
    layers.batchNormalization(),
    layers.maxPooling2d({ poolSize: 2 }),
    dropout,
    layers.flatten(),
  ],
  () => train.rmsprop(0.01),
)

export const sequences = network(
  'sequences',
  [5, 3],
  (dropout) => [layers.lstm({ units: 4, inputShape: [5, 3] }), dropout],
  () => train.momentum(0.2, 0.9),
)

/** Rows of three classes, whose numbers are about as far apart as they spread. */
function datasetOf(name: string, shape: readonly number[]): Dataset {
  const rows = TRAIN + VALIDATION
  const random = new RandomStream(name)
  const width = sizeOf(shape)
  const [x, y] = [sharedFloats(rows * width), sharedFloats(rows)]
  for (let row = 0; row < rows; row++) {
    y[row] = row % CLASSES
    for (let i = 0; i < width; i++)
      x[row * width + i] = random.normal() + ((row % CLASSES) - 1) * (i % 2 === 0 ? 1 : -1)
  }
  return {
    rows,
    inputs: [{ kind: 'dense', data: x, shape: [...shape] }],
    targets: [{ kind: 'dense', data: y, shape: [1] }],
    task: { kind: 'classification', classes: ['a', 'b', 'c'] },
  }
}

function seedWeights(model: LayersModel, name: string): void {
  tidy(() => {
    const random = new RandomStream(name).split('weights')
    const weights = model.getWeights().map((weight, i) => {
      const values = Float32Array.from({ length: weight.size }, () => 0.3 * random.normal())
      const isVariance = model.weights[i]?.originalName.includes('variance') === true
      return tensor(isVariance ? values.map((value) => 0.5 + Math.abs(value)) : values, weight.shape)
    })
    model.setWeights(weights)
  })
}
