import { defineStudy, float, kFold, moons, randomSearch } from 'tfjs-tuner'

/** Trials of some milliseconds, to have very many of them. */
export default defineStudy({
  name: 'memory',
  space: { learningRate: float(1e-3, 1e-1, { scale: 'log' }) },
  data: () => moons({ rows: 60 }),
  model({ tf, params, inputShape }) {
    const model = tf.sequential()
    model.add(tf.layers.dense({ units: 16, activation: 'relu', inputShape }))
    model.add(tf.layers.dropout({ rate: 0.2 }))
    model.add(tf.layers.dense({ units: 1, activation: 'sigmoid' }))
    model.compile({ optimizer: tf.train.adam(params.learningRate), loss: 'binaryCrossentropy', metrics: ['accuracy'] })
    return model
  },
  validation: kFold(2),
  training: { epochs: 3, batchSize: 16 },
  tuner: randomSearch({ trials: 1000 }),
})
