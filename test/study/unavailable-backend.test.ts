import { removeBackend } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { moons } from '../../src/data/generators/moons.ts'
import { float } from '../../src/search-space/parameter.ts'
import { memoryStorage } from '../../src/storage/memory.ts'
import { defineStudy } from '../../src/study/definition/definition.ts'
import { runStudy } from '../../src/study/run-study.ts'
import { selectBackend } from '../../src/trial-runner/backends/registry.ts'

const study = defineStudy({
  name: 'elsewhere',
  space: { rate: float(0.01, 0.1) },
  data: () => moons({ rows: 40 }),
  model({ tf, params, inputShape, outputs }) {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: outputs, activation: 'sigmoid', inputShape })] })
    model.compile({ optimizer: tf.train.sgd(params.rate), loss: 'binaryCrossentropy' })
    return model
  },
  training: { epochs: 1 },
})

test('a backend that fails when a worker loads it ends the study: nothing else trains, and no trial has failed', async () => {
  await (await selectBackend('cpu')).load()
  const storage = memoryStorage()
  await runStudy(study, { storage, engines: { backend: 'cpu' }, trials: 1 })
  // tfjs now finds no such backend, and would take another in silence.
  removeBackend('cpu')
  await expect(runStudy(study, { storage, trials: 3 })).rejects.toMatchObject({
    code: 'engine/backend-unavailable',
    message: expect.stringContaining('"cpu"'),
    hint: expect.stringMatching(/./),
  })
  const trials = await storage.readTrials('elsewhere')
  expect(trials.map(({ status }) => status)).toEqual(['complete', 'running'])
  expect(trials[0]?.folds[0]?.backend).toBe('cpu')
})
