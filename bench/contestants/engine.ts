// One of our engines by itself: node engine.ts '{ case, steps, milliseconds, engines }'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { type EngineChoice, loadEngines } from '../../src/trial-runner/engines/registry.ts'
import { withTensorScope } from '../../src/trial-runner/engines/tfjs/tensor-scope.ts'
import { EpochClock } from '../measure/epochs.ts'
import { type PartTask, partOfFold } from './fold.ts'
import { serve } from './serve.ts'

const task = JSON.parse(process.argv[2] ?? '{}') as PartTask & { readonly engines: EngineChoice }
const { data, batchSize, steps, makeModel } = await partOfFold(task)
const [engine] = await loadEngines(task.engines)
const withoutValidation = { ...data, validation: new Int32Array(0) }

async function train(rows: typeof data) {
  return withTensorScope(async () => {
    const clock = new EpochClock(task.milliseconds)
    const model = await makeModel()
    refuse(engine.supports(model, data))
    const epochs = { from: 0, to: Number.POSITIVE_INFINITY }
    const job = { model, epochs, batchSize, shuffle: true, stream: 'bench', keepCheckpoint: false }
    await engine.train(job, rows, { onEpoch: () => clock.epoch() })
    return clock.result
  })
}

function refuse(verdict: ReturnType<typeof engine.supports>): void {
  if (verdict !== true) throw new Error(`the ${engine.name} engine cannot train it: ${verdict}`)
}

await withTensorScope(async () => {
  const model: LayersModel = await makeModel()
  refuse(engine.supports(model, data))
})
await serve(async () => {
  const validated = await train(data)
  const { epochSeconds } = await train(withoutValidation)
  return { ...validated, steps, stepMs: (1e3 * epochSeconds) / steps }
})
