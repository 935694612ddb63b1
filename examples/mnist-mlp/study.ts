// MNIST as in the courses: a dense network with dropout. ASHA tries 40 of them for an epoch and goes on with the best.
// Digits: tune run examples/mnist-mlp/study.ts --data <folder with train-images-idx3-ubyte.gz and its labels>
// Without --data it draws images of the same shape, circles, crosses, squares and stripes, and takes seconds.
import { asha, choice, defineStudy, drawnImages, float, holdout, idx, int } from 'tfjs-tuner'

export default defineStudy({
  name: 'mnist-mlp',
  space: {
    units: int(32, 512, { scale: 'log' }),
    dropout: float(0, 0.6),
    learningRate: float(1e-4, 1e-2, { scale: 'log' }),
    batchSize: choice([64, 128, 256]),
  },
  data: ({ path }) => (path === undefined ? drawnImages({ rows: 4000, size: 28, noise: 60 }) : idx(path)),
  model({ tf, params, inputShape, outputs }) {
    const { units, dropout, learningRate } = params
    const model = tf.sequential()
    model.add(tf.layers.flatten({ inputShape }))
    model.add(tf.layers.dense({ units, activation: 'relu' }))
    model.add(tf.layers.dropout({ rate: dropout }))
    model.add(tf.layers.dense({ units, activation: 'relu' }))
    model.add(tf.layers.dropout({ rate: dropout }))
    model.add(tf.layers.dense({ units: outputs, activation: 'softmax' }))
    model.compile({
      optimizer: tf.train.adam(learningRate),
      loss: 'categoricalCrossentropy',
      metrics: ['accuracy'],
    })
    return model
  },
  validation: holdout(0.2),
  training: { epochs: 9 },
  optimize: 'val_accuracy',
  tuner: asha({ trials: 40, factor: 3 }),
})
