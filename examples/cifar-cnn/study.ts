// CIFAR-10 as in the courses: how much dropout a small convolutional network wants, from 0.15 to 0.75, at two rates.
// Photographs: tune run examples/cifar-cnn/study.ts --data cifar-10-batches-bin   (the binary version, unpacked)
// Without --data it draws noisy images in colour of the same shape, in four classes, and takes seconds.
import { choice, cifar10, defineStudy, drawnImages, float, gridSearch, holdout } from 'tfjs-tuner'

export default defineStudy({
  name: 'cifar-cnn',
  space: {
    dropout: float(0.15, 0.75, { step: 0.15 }),
    learningRate: choice([3e-4, 1e-3]),
  },
  data: ({ path }) =>
    path === undefined ? drawnImages({ rows: 2000, size: 32, channels: 3, noise: 80 }) : cifar10(path),
  model({ tf, params, inputShape, outputs }) {
    const { dropout, learningRate } = params
    const model = tf.sequential()
    model.add(tf.layers.conv2d({ filters: 16, kernelSize: 3, activation: 'relu', inputShape }))
    model.add(tf.layers.maxPooling2d({ poolSize: 2 }))
    model.add(tf.layers.conv2d({ filters: 32, kernelSize: 3, activation: 'relu' }))
    model.add(tf.layers.maxPooling2d({ poolSize: 2 }))
    model.add(tf.layers.conv2d({ filters: 32, kernelSize: 3, activation: 'relu' }))
    model.add(tf.layers.flatten())
    model.add(tf.layers.dropout({ rate: dropout }))
    model.add(tf.layers.dense({ units: 64, activation: 'relu' }))
    model.add(tf.layers.dense({ units: outputs, activation: 'softmax' }))
    model.compile({
      optimizer: tf.train.adam(learningRate),
      loss: 'categoricalCrossentropy',
      metrics: ['accuracy'],
    })
    return model
  },
  validation: holdout(0.2),
  training: { epochs: 12, batchSize: 32, earlyStopping: { patience: 3, restoreBest: true } },
  tuner: gridSearch(),
})
