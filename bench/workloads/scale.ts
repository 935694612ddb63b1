// A multilayer perceptron whose size comes from the environment: the points of the bench of scale.
import { defineStudy, float, friedman1, holdout, randomSearch, standardize } from 'tfjs-tuner'
import { pointFromEnvironment } from './scale-point.ts'

const { rows, width, depth } = pointFromEnvironment()

export default defineStudy({
  name: 'scale',
  space: { learningRate: float(1e-4, 1e-2, { scale: 'log' }), dropout: float(0, 0.5) },
  data: () => friedman1({ rows }),
  preprocess: standardize(),
  model({ tf, params, inputShape }) {
    const model = tf.sequential()
    for (let layer = 0; layer < depth; layer++) {
      model.add(tf.layers.dense({ units: width, activation: 'relu', inputShape }))
      model.add(tf.layers.dropout({ rate: params.dropout }))
    }
    model.add(tf.layers.dense({ units: 1 }))
    model.compile({ optimizer: tf.train.adam(params.learningRate), loss: 'meanSquaredError', metrics: ['mae'] })
    return model
  },
  validation: holdout(0.2),
  training: { epochs: 5, batchSize: 32 },
  tuner: randomSearch({ trials: 20 }),
})
