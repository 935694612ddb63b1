import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { standardize } from '../../src/cv/standardize.ts'
import { friedman1 } from '../../src/data/generators/friedman1.ts'
import { loadBackend } from '../../src/trial-runner/backends/registry.ts'
import { tf } from '../../src/trial-runner/engines/tfjs/tf.ts'
import { readModel, writeModel } from '../../src/trial-runner/model-files.ts'
import { predict } from '../../src/trial-runner/predict.ts'
import { type ModelWorkload, trainWhole } from '../../src/trial-runner/train-whole.ts'
import { newPath } from '../study/fit/studies.ts'

const dataset = friedman1({ rows: 50, columns: 5, seed: 1 })
const workload: ModelWorkload = {
  work: {
    kind: 'model',
    model({ tf, inputShape }) {
      const model = tf.sequential()
      model.add(tf.layers.dense({ units: 8, activation: 'relu', inputShape }))
      model.add(tf.layers.batchNormalization())
      model.add(tf.layers.dropout({ rate: 0.3 }))
      model.add(tf.layers.dense({ units: 1 }))
      model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' })
      return model
    },
  },
  training: { batchSize: 16 },
  preprocess: standardize(),
}

beforeAll(async () => {
  await loadBackend('cpu')
})

const goOn = { onEpoch: () => 'continue' as const }

test.each(['simd', 'tfjs'] as const)(
  'a model of the %s engine predicts the same bits once it is loaded',
  async (engine) => {
    const folder = newPath()
    mkdirSync(folder)
    const choice = { engine, backend: 'cpu', arithmetic: 'strict' } as const
    const job = { params: {}, epochs: 3, stream: '0/trial/0/fit' }
    const tensors = tf.memory().numTensors
    const before = await trainWhole(workload, dataset, choice, job, goOn, async ({ model, preprocess, trained }) => {
      expect(trained).toMatchObject({ end: 'complete', epochs: 3, engine })
      await writeModel(model, folder)
      return predict(model, preprocess?.transform(dataset) ?? dataset)
    })
    expect(tf.memory().numTensors).toBe(tensors)
    const every = Int32Array.from({ length: dataset.rows }, (_, row) => row)
    const prepared = standardize().fit(dataset, every).transform(dataset)
    const model = await readModel(folder)
    expect(new Set(before.flat()).size).toBeGreaterThan(40)
    expect(await predict(model, prepared)).toEqual(before)
    model.dispose()
  },
)

test('the files are those of the LayersModel format', async () => {
  const folder = newPath()
  mkdirSync(folder)
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3], name: 'out' })] })
  await writeModel(model, folder)
  const { weightsManifest, modelTopology, ...rest } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'))
  expect(rest).toEqual({
    format: 'layers-model',
    generatedBy: expect.stringContaining('TensorFlow.js tfjs-layers'),
    convertedBy: null,
  })
  expect(modelTopology).toMatchObject({ class_name: 'Sequential', keras_version: expect.any(String) })
  expect(weightsManifest).toEqual([
    {
      paths: ['weights.bin'],
      weights: [
        { name: 'out/kernel', shape: [3, 2], dtype: 'float32' },
        { name: 'out/bias', shape: [2], dtype: 'float32' },
      ],
    },
  ])
  const [kernel] = model.getWeights()
  const bytes = readFileSync(join(folder, 'weights.bin'))
  expect(bytes.length).toBe(8 * 4)
  expect(bytes.readFloatLE(4)).toBe((await kernel?.data())?.[1])
  model.dispose()
})
