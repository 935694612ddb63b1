// One of our engines by itself: node engine.ts '{ case, steps, milliseconds, engines }'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { TrainingHooks } from '../../src/trial-runner/engines/engine.ts'
import { type EngineChoice, loadEngines } from '../../src/trial-runner/engines/registry.ts'
import { withTensorScope } from '../../src/trial-runner/engines/tfjs/tensor-scope.ts'
import { EpochClock } from '../measure/epochs.ts'
import { foldsOf, type PartTask } from './fold.ts'
import { serve } from './serve.ts'

const task = JSON.parse(process.argv[2] ?? '{}') as PartTask & { readonly engines: EngineChoice }
const { part, whole, epochs, batchSize, steps, makeModel } = await foldsOf(task)
const [engine] = await loadEngines(task.engines)
const job = { batchSize, shuffle: true, stream: 'bench', keepCheckpoint: false }

async function train(data: typeof part, to: number, onEpoch: TrainingHooks['onEpoch']): Promise<void> {
  await withTensorScope(async () => {
    const model = await makeModel()
    refuse(engine.supports(model, data))
    await engine.train({ ...job, model, epochs: { from: 0, to } }, data, { onEpoch })
  })
}

async function timed(data: typeof part) {
  const clock = new EpochClock(task.milliseconds)
  await train(data, Number.POSITIVE_INFINITY, () => clock.epoch())
  return clock.result
}

function refuse(verdict: ReturnType<typeof engine.supports>): void {
  if (verdict !== true) throw new Error(`the ${engine.name} engine cannot train it: ${verdict}`)
}

await withTensorScope(async () => {
  const model: LayersModel = await makeModel()
  refuse(engine.supports(model, part))
})
await serve({
  async measure() {
    const validated = await timed(part)
    const { epochSeconds } = await timed({ ...part, validation: new Int32Array(0) })
    return { ...validated, steps, stepMs: (1e3 * epochSeconds) / steps }
  },
  async trial() {
    for (const fold of whole()) await train(fold, epochs, () => 'continue')
  },
})
