// Boston housing as in the courses: 13-64-64-1, RMSprop on the squared error, mean absolute error over four folds.
// The table comes from you: tune run examples/boston-housing/study.ts --data boston_housing.csv
import { choice, csv, defineStudy, float, int, kFold, randomSearch, standardize } from 'tfjs-tuner'

export default defineStudy({
  name: 'boston-housing',
  space: {
    units: int(32, 128, { scale: 'log' }),
    dropout: float(0, 0.3),
    learningRate: float(5e-4, 1e-2, { scale: 'log' }),
    batchSize: choice([8, 16, 32]),
  },
  data: ({ path }) => csv(path, { target: 'medv' }),
  preprocess: standardize(),
  model({ tf, params, inputShape }) {
    const { units, dropout, learningRate } = params
    const model = tf.sequential()
    model.add(tf.layers.dense({ units, activation: 'relu', inputShape }))
    model.add(tf.layers.dropout({ rate: dropout }))
    model.add(tf.layers.dense({ units, activation: 'relu' }))
    model.add(tf.layers.dropout({ rate: dropout }))
    model.add(tf.layers.dense({ units: 1 }))
    model.compile({ optimizer: tf.train.rmsprop(learningRate), loss: 'meanSquaredError', metrics: ['mae'] })
    return model
  },
  validation: kFold(4),
  training: { epochs: 100 },
  tuner: randomSearch({ trials: 20 }),
})
