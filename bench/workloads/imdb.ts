// 10000-16-16-1 on generated reviews, each the set of its words as a sparse row, like the IMDB reviews of the courses.
import { bagsOfWords, choice, defineStudy, gridSearch, holdout } from 'tfjs-tuner'
import { IMDB_WORDS, imdb } from './cases.ts'

const { name, batchSize, epochs, rows } = imdb
const count = rows.training + rows.validation

export default defineStudy({
  name,
  space: { learningRate: choice([1e-4, 2e-4, 3e-4, 5e-4, 1e-3, 2e-3, 3e-3, 5e-3, 1e-2, 2e-2]) },
  data: () => bagsOfWords({ rows: count, words: 10_000, length: IMDB_WORDS }),
  model({ tf, params, inputShape }) {
    const model = tf.sequential()
    model.add(tf.layers.dense({ units: 16, activation: 'relu', inputShape }))
    model.add(tf.layers.dense({ units: 16, activation: 'relu' }))
    model.add(tf.layers.dense({ units: 1, activation: 'sigmoid' }))
    model.compile({
      optimizer: tf.train.rmsprop(params.learningRate),
      loss: 'binaryCrossentropy',
      metrics: ['accuracy'],
    })
    return model
  },
  validation: holdout(rows.validation / count),
  training: { epochs, batchSize },
  tuner: gridSearch(),
})
