// 784-512-512-10 with dropout on 10,000 images: MNIST's test images where they are, otherwise drawn ones.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { arrays, choice, type Dataset, defineStudy, gridSearch, holdout } from 'tfjs-tuner'
import { mnistMlp } from './cases.ts'
import { patternImages } from './pattern-images.ts'

const { name, batchSize, epochs, rows } = mnistMlp
const count = rows.training + rows.validation
const folder = process.env.TUNE_BENCH_DATA ?? ''

function digits(): Dataset {
  const [images, labels] = ['images-idx3', 'labels-idx1'].map((part) => join(folder, `t10k-${part}-ubyte.gz`))
  if (images === undefined || labels === undefined || !existsSync(images)) return patternImages(count, [784])
  const bytes = (file: string, header: number) => gunzipSync(readFileSync(file)).subarray(header)
  return arrays({
    inputs: { data: bytes(images, 16), shape: [784], scale: 1 / 255 },
    targets: [...bytes(labels, 8)],
    classes: [...'0123456789'],
  })
}

export default defineStudy({
  name,
  space: { learningRate: choice([3e-4, 1e-3, 3e-3]), dropout: choice([0.1, 0.2, 0.3, 0.4]) },
  data: digits,
  model({ tf, params, inputShape, outputs }) {
    const { learningRate, dropout } = params
    const model = tf.sequential()
    model.add(tf.layers.dense({ units: 512, activation: 'relu', inputShape }))
    model.add(tf.layers.dropout({ rate: dropout }))
    model.add(tf.layers.dense({ units: 512, activation: 'relu' }))
    model.add(tf.layers.dropout({ rate: dropout }))
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
