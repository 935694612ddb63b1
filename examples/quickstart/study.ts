// Two interleaved half circles, told apart by a small network: tunes width, dropout and learning rate in a few seconds.
import { defineStudy, float, int, kFold, moons, randomSearch, standardize } from 'tfjs-tuner'

export default defineStudy({
  name: 'quickstart',
  space: {
    units: int(4, 64, { scale: 'log' }),
    dropout: float(0, 0.5),
    learningRate: float(1e-3, 1e-1, { scale: 'log' }),
  },
  data: () => moons({ rows: 300, noise: 0.25, seed: 1 }),
  preprocess: standardize(),
  model({ tf, params, inputShape }) {
    const { units, dropout, learningRate } = params
    const model = tf.sequential()
    model.add(tf.layers.dense({ units, activation: 'relu', inputShape }))
    model.add(tf.layers.dropout({ rate: dropout }))
    model.add(tf.layers.dense({ units, activation: 'relu' }))
    model.add(tf.layers.dense({ units: 1, activation: 'sigmoid' }))
    model.compile({ optimizer: tf.train.adam(learningRate), loss: 'binaryCrossentropy', metrics: ['accuracy'] })
    return model
  },
  validation: kFold(3),
  training: { epochs: 30, batchSize: 32, earlyStopping: { patience: 5, restoreBest: true } },
  tuner: randomSearch({ trials: 12 }),
})
