// 13-64-64-1 on the Boston housing table, or on generated rows of its shape; 8 learning rates x 4 dropout rates.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { choice, csv, defineStudy, friedman1, gridSearch, kFold, standardize } from 'tfjs-tuner'
import { boston } from './cases.ts'

const { name, batchSize, epochs, folds } = boston
const table = join(process.env.TUNE_BENCH_DATA ?? '', 'boston_housing.csv')

export default defineStudy({
  name,
  space: {
    learningRate: choice([1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 3e-3, 5e-3, 1e-2]),
    dropout: choice([0.1, 0.2, 0.3, 0.4]),
  },
  data: () => (existsSync(table) ? csv(table, { target: 'medv' }) : friedman1({ rows: 506, columns: 13 })),
  preprocess: standardize(),
  model({ tf, params, inputShape }) {
    const { learningRate, dropout } = params
    const model = tf.sequential()
    model.add(tf.layers.dense({ units: 64, activation: 'relu', inputShape }))
    model.add(tf.layers.dropout({ rate: dropout }))
    model.add(tf.layers.dense({ units: 64, activation: 'relu' }))
    model.add(tf.layers.dropout({ rate: dropout }))
    model.add(tf.layers.dense({ units: 1 }))
    model.compile({ optimizer: tf.train.rmsprop(learningRate), loss: 'meanSquaredError', metrics: ['mae'] })
    return model
  },
  validation: kFold(folds),
  training: { epochs, batchSize },
  tuner: gridSearch(),
})
