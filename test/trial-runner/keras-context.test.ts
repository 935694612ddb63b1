import { describe, expect, test } from 'vitest'
import type { Metrics } from '../../src/core/trial.ts'
import { holdout } from '../../src/cv/holdout.ts'
import { blobs } from '../../src/data/generators/blobs.ts'
import { schedules } from '../../src/training/learning-rate.ts'
import { FoldWorker } from '../../src/trial-runner/fold-worker.ts'
import type { ModelContext, Workload } from '../../src/trial-runner/workload.ts'

const dataset = blobs({ rows: 120, columns: 4, classes: 3, seed: 5 })

function model({ tf, keras, inputShape, outputs }: ModelContext) {
  const net = tf.sequential({
    layers: [tf.layers.dense({ units: 12, activation: 'relu', inputShape }), tf.layers.dense({ units: outputs })],
  })
  const learningRate = schedules.exponentialDecay({ initialLearningRate: 0.02, decaySteps: 50, decayRate: 0.5 })
  net.compile({
    optimizer: keras.optimizers.adamW({ learningRate, globalClipNorm: 1 }),
    loss: keras.losses.sparseCategoricalCrossentropy({ fromLogits: true }),
    metrics: ['accuracy', keras.metrics.auc()],
  })
  return net
}

const workload: Workload = { work: { kind: 'model', model }, training: { batchSize: 16 }, validation: holdout(0.25) }

async function trained(engine: 'simd' | 'tfjs'): Promise<{ used: string | undefined; curve: Metrics[] }> {
  const curve: Metrics[] = []
  const settings = {
    seed: 1,
    objective: { metric: 'val_auc', direction: 'maximize' },
    dataset,
    engines: { engine, backend: engine === 'tfjs' ? 'cpu' : 'auto', arithmetic: 'auto' },
  } as const
  const job = { trial: 0, fold: 0, params: {}, epochs: { from: 0, to: 8 }, stream: 's', keepCheckpoint: false }
  const result = await new FoldWorker(workload, settings).run(
    { ...job, asksAfterEpoch: false },
    {
      onEpoch(_, metrics) {
        curve.push({ ...metrics })
        return 'continue'
      },
    },
  )
  return { used: result.status === 'failed' ? result.cause.message : result.engine, curve }
}

describe('what model() is given as keras', () => {
  test('trains on both engines, to the same metrics', async () => {
    const [simd, tfjs] = [await trained('simd'), await trained('tfjs')]
    expect([simd.used, tfjs.used]).toEqual(['simd', 'tfjs'])
    const names = ['loss', 'accuracy', 'auc', 'val_loss', 'val_accuracy', 'val_auc']
    for (const { curve } of [simd, tfjs]) expect(Object.keys(curve.at(-1) ?? {})).toEqual(names)
    for (const [i, epoch] of simd.curve.entries()) {
      for (const name of names) expect(epoch[name]).toBeCloseTo(tfjs.curve[i]?.[name] ?? Number.NaN, 3)
    }
    expect(simd.curve.at(-1)?.val_auc).toBeGreaterThan(0.9)
  })
})
