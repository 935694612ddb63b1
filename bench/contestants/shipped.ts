// TensorFlow.js as shipped, `model.fit` on its wasm backend without our repairs: node shipped.ts '{ case, steps, milliseconds }'
import '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import type { ModelFitArgs } from '@tensorflow/tfjs-layers'
import { Feed } from '../../src/trial-runner/engines/tfjs/feed.ts'
import { EpochClock } from '../measure/epochs.ts'
import { type PartTask, partOfFold } from './fold.ts'
import { serve } from './serve.ts'

const task = JSON.parse(process.argv[2] ?? '{}') as PartTask
const { data, batchSize, steps, makeModel } = await partOfFold(task)
await tf.setBackend('wasm')
if (tf.getBackend() !== 'wasm') throw new Error(`the wasm backend did not start, "${tf.getBackend()}" did`)

const feed = new Feed(data.dataset, await makeModel())
const training = feed.batch(data.train, 0, data.train.length)
const validation = feed.batch(data.validation, 0, data.validation.length)

async function fitOnce(args: ModelFitArgs) {
  const clock = new EpochClock(task.milliseconds)
  const model = await makeModel()
  const onEpochEnd = () => {
    if (clock.epoch() === 'stop') model.stopTraining = true
  }
  await model.fit(training.x, training.y, {
    ...args,
    batchSize,
    epochs: 1e6,
    shuffle: true,
    verbose: 0,
    callbacks: { onEpochEnd },
  })
  model.optimizer.dispose()
  model.dispose()
  return clock.result
}

await serve(async () => {
  const validated = await fitOnce({ validationData: [validation.x, validation.y] })
  const { epochSeconds } = await fitOnce({})
  return { ...validated, steps, stepMs: (1e3 * epochSeconds) / steps }
})
