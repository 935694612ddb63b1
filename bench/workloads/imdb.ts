// 10000-16-16-1 on generated reviews, each the set of its words as a sparse row, like the IMDB reviews of the courses.
import { choice, type Dataset, defineStudy, gridSearch, holdout } from 'tfjs-tuner'
import { IMDB_WORDS, imdb } from './cases.ts'
import { xorshift } from './xorshift.ts'

const { name, batchSize, epochs, rows } = imdb
const count = rows.training + rows.validation
const VOCABULARY = 10_000

/** Common words more often than rare ones; a review that is liked has more words of even number. */
function reviews(): Dataset {
  const random = xorshift(1)
  const starts = new Uint32Array(new SharedArrayBuffer(4 * (count + 1)))
  const columns = new Uint16Array(new SharedArrayBuffer(2 * count * 2 * IMDB_WORDS))
  const labels = new Float32Array(new SharedArrayBuffer(4 * count))
  let end = 0
  for (let row = 0; row < count; row++) {
    const liked = row % 2
    const length = IMDB_WORDS / 2 + Math.floor(IMDB_WORDS * random())
    const words = new Set<number>()
    while (words.size < length) {
      const word = Math.floor(VOCABULARY * random() ** 2)
      const turned = random() < 0.1 ? word - (word % 2) + liked : word
      words.add(turned)
    }
    const sorted = Uint16Array.from(words).sort()
    columns.set(sorted, end)
    end += sorted.length
    starts[row + 1] = end
    labels[row] = liked
  }
  return {
    rows: count,
    inputs: [{ kind: 'sparse', starts, columns: columns.subarray(0, end), shape: [VOCABULARY] }],
    targets: [{ kind: 'dense', data: labels, shape: [1] }],
    task: { kind: 'classification', classes: ['disliked', 'liked'] },
  }
}

export default defineStudy({
  name,
  space: { learningRate: choice([1e-4, 2e-4, 3e-4, 5e-4, 1e-3, 2e-3, 3e-3, 5e-3, 1e-2, 2e-2]) },
  data: reviews,
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
