import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { kFold } from '../../../src/cv/k-fold.ts'
import { standardize } from '../../../src/cv/standardize.ts'
import { blobs } from '../../../src/data/generators/blobs.ts'
import { friedman1 } from '../../../src/data/generators/friedman1.ts'
import { float } from '../../../src/search-space/parameter.ts'
import { memoryStorage } from '../../../src/storage/memory.ts'
import type { Storage } from '../../../src/storage/storage.ts'
import { defineStudy, type StudyDefinition } from '../../../src/study/definition/definition.ts'
import { type RunOptions, runStudy } from '../../../src/study/run-study.ts'
import { randomSearch } from '../../../src/tuners/random-search.ts'

const space = { learningRate: float(1e-3, 1e-1, { scale: 'log' }), dropout: float(0, 0.5) }

/** A perceptron with dropout for a table of 5 columns. */
export const regression = defineStudy({
  name: 'regression',
  space,
  data: () => friedman1({ rows: 60, columns: 5, noise: 0.5, seed: 1 }),
  preprocess: standardize(),
  model({ tf, params, inputShape, outputs }) {
    const model = tf.sequential()
    model.add(tf.layers.dense({ units: 8, activation: 'relu', inputShape }))
    model.add(tf.layers.dropout({ rate: params.dropout }))
    model.add(tf.layers.dense({ units: outputs }))
    model.compile({ optimizer: tf.train.adam(params.learningRate), loss: 'meanSquaredError', metrics: ['mae'] })
    return model
  },
  validation: kFold(3),
  training: { epochs: 6, batchSize: 16 },
  tuner: randomSearch({ trials: 3 }),
})

/** Three classes, by a softmax. */
export const classification = defineStudy({
  name: 'classification',
  space,
  data: () => blobs({ rows: 90, classes: 3, columns: 4, seed: 2 }),
  model({ tf, params, inputShape, outputs }) {
    const model = tf.sequential()
    model.add(tf.layers.dense({ units: 8, activation: 'tanh', inputShape }))
    model.add(tf.layers.dense({ units: outputs, activation: 'softmax' }))
    const optimizer = tf.train.adam(params.learningRate)
    model.compile({ optimizer, loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] })
    return model
  },
  training: { epochs: 4 },
  tuner: randomSearch({ trials: 2 }),
})

/** A storage with a study that has run, on the simd engine unless told otherwise. */
export async function finished(study: unknown, options: RunOptions = {}): Promise<Storage> {
  const storage = memoryStorage()
  await runStudy(study as StudyDefinition, { storage, engines: { engine: 'simd' }, ...options })
  return storage
}

/** A path in a folder that is gone when the test ends. */
export function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fit-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'model')
}
