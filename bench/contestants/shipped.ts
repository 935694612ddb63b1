// TensorFlow.js as shipped, `model.fit` on its wasm backend without our repairs: node shipped.ts '{ case, steps, milliseconds }'
import '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import type { ModelFitArgs } from '@tensorflow/tfjs-layers'
import { Feed } from '../../src/trial-runner/engines/tfjs/feed.ts'
import { EpochClock } from '../measure/epochs.ts'
import { foldsOf, type PartTask } from './fold.ts'
import { serve } from './serve.ts'

const task = JSON.parse(process.argv[2] ?? '{}') as PartTask
const { part, whole, epochs, batchSize, steps, makeModel } = await foldsOf(task)
await tf.setBackend('wasm')
if (tf.getBackend() !== 'wasm') throw new Error(`the wasm backend did not start, "${tf.getBackend()}" did`)

type Rows = ReturnType<Feed['batch']>

/** The rows of a fold as tensors. */
async function tensorsOf({ dataset, train, validation }: typeof part): Promise<[training: Rows, validation: Rows]> {
  const feed = new Feed(dataset, await makeModel())
  return [feed.batch(train, 0, train.length), feed.batch(validation, 0, validation.length)]
}

async function trainOn(rows: Rows, epochs: number, args: ModelFitArgs, clock?: EpochClock): Promise<void> {
  const model = await makeModel()
  const onEpochEnd = () => {
    if (clock?.epoch() === 'stop') model.stopTraining = true
  }
  await model.fit(rows.x, rows.y, { ...args, batchSize, epochs, shuffle: true, verbose: 0, callbacks: { onEpochEnd } })
  model.optimizer.dispose()
  model.dispose()
}

const [training, validation] = await tensorsOf(part)

async function timed(args: ModelFitArgs) {
  const clock = new EpochClock(task.milliseconds)
  await trainOn(training, 1e6, args, clock)
  return clock.result
}

await serve({
  async measure() {
    const validated = await timed({ validationData: [validation.x, validation.y] })
    const { epochSeconds } = await timed({})
    return { ...validated, steps, stepMs: (1e3 * epochSeconds) / steps }
  },
  async trial() {
    for (const fold of whole()) {
      const [rows, held] = await tensorsOf(fold)
      await trainOn(rows, epochs, { validationData: [held.x, held.y] })
      tf.dispose([rows, held])
    }
  },
})
