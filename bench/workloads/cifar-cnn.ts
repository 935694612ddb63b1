// Three convolutions of 50 filters on 32 x 32 colour images of CIFAR's shape, generated.
import { choice, defineStudy, gridSearch, holdout } from 'tfjs-tuner'
import { cifarCnn } from './cases.ts'
import { patternImages } from './pattern-images.ts'

const { name, batchSize, epochs, rows } = cifarCnn
const count = rows.training + rows.validation

export default defineStudy({
  name,
  space: { learningRate: choice([3e-4, 1e-3, 3e-3]), dropout: choice([0.1, 0.2, 0.3, 0.4]) },
  data: () => patternImages(count, [32, 32, 3]),
  model({ tf, params, inputShape, outputs }) {
    const { learningRate, dropout } = params
    const convolution = { filters: 50, kernelSize: 3, activation: 'relu' } as const
    const model = tf.sequential()
    model.add(tf.layers.conv2d({ ...convolution, inputShape }))
    model.add(tf.layers.maxPooling2d({ poolSize: 2 }))
    model.add(tf.layers.conv2d(convolution))
    model.add(tf.layers.maxPooling2d({ poolSize: 2 }))
    model.add(tf.layers.conv2d(convolution))
    model.add(tf.layers.flatten())
    model.add(tf.layers.dropout({ rate: dropout }))
    model.add(tf.layers.dense({ units: 50, activation: 'relu' }))
    model.add(tf.layers.dense({ units: outputs, activation: 'softmax' }))
    model.compile({
      optimizer: tf.train.adam(learningRate),
      loss: 'categoricalCrossentropy',
      metrics: ['accuracy'],
    })
    return model
  },
  validation: holdout(rows.validation / count),
  training: { epochs, batchSize },
  tuner: gridSearch(),
})
