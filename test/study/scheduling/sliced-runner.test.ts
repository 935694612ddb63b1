import { expect, test } from 'vitest'
import type { Checkpoint } from '../../../src/core/checkpoint.ts'
import { kFold } from '../../../src/cv/k-fold.ts'
import { friedman1 } from '../../../src/data/generators/friedman1.ts'
import { SlicedRunner } from '../../../src/study/scheduling/sliced-runner.ts'
import { InlineRunner } from '../../../src/trial-runner/inline.ts'
import type { FoldHooks, FoldJob, FoldResult, Runner } from '../../../src/trial-runner/runner.ts'
import type { Workload } from '../../../src/trial-runner/workload.ts'

const workload: Workload = {
  work: {
    kind: 'model',
    model({ tf, inputShape }) {
      const model = tf.sequential()
      model.add(tf.layers.dense({ name: 'hidden', units: 8, activation: 'relu', inputShape }))
      model.add(tf.layers.dropout({ name: 'dropout', rate: 0.2 }))
      model.add(tf.layers.dense({ name: 'output', units: 1 }))
      model.compile({ optimizer: tf.train.adam(0.05), loss: 'meanSquaredError' })
      return model
    },
  },
  training: { epochs: 30, batchSize: 8, earlyStopping: { patience: 3, restoreBest: true } },
  validation: kFold(2),
}

const job: FoldJob = {
  trial: 0,
  fold: 0,
  params: {},
  epochs: { from: 0, to: 30 },
  stream: 'stream',
  keepCheckpoint: true,
  asksAfterEpoch: false,
}

/** Notes the jobs that a runner is given, and says that each epoch took 10 ms. */
class Noted implements Runner {
  readonly concurrency = 1
  readonly jobs: FoldJob[] = []
  readonly #inner: Runner

  constructor(inner: Runner) {
    this.#inner = inner
  }

  async run(one: FoldJob, hooks: FoldHooks): Promise<FoldResult> {
    this.jobs.push(one)
    const result = await this.#inner.run(one, hooks)
    return { ...result, durationMs: result.status === 'failed' ? 10 : 10 * (result.epochs - one.epochs.from) }
  }

  async close(): Promise<void> {}
}

async function run(engine: 'simd' | 'tfjs', everyMs: number, changes: Partial<FoldJob> = {}) {
  const settings = {
    seed: 0,
    objective: { metric: 'val_loss', direction: 'minimize' },
    dataset: friedman1({ rows: 40, columns: 5, noise: 1, seed: 2 }),
    engines: { engine, backend: 'auto', arithmetic: 'auto' },
  } as const
  const noted = new Noted(new InlineRunner(workload, settings))
  const kept: number[] = []
  const curve: unknown[] = []
  const sliced = new SlicedRunner(noted, { everyMs, keep: async (_, { epoch }: Checkpoint) => void kept.push(epoch) })
  const result = await sliced.run(
    { ...job, ...changes },
    {
      onEpoch(...told) {
        curve.push(told)
        return 'continue'
      },
    },
  )
  return { result, curve, kept, jobs: noted.jobs }
}

/** Without the names of weights, which tfjs numbers anew for each model. */
function nameless(result: FoldResult): unknown {
  const text = JSON.stringify(result, (key, value) => {
    if (key === 'name') return undefined
    return value instanceof Float32Array ? [...value] : value
  })
  return JSON.parse(text)
}

test.each(['simd', 'tfjs'] as const)('a job in parts is the job at once, bit for bit, on %s', async (engine) => {
  const whole = await run(engine, Number.POSITIVE_INFINITY)
  expect(whole.jobs).toHaveLength(1)
  expect(whole.curve.length).toBeGreaterThan(3)
  expect(whole.curve.length).toBeLessThan(30)
  // Whatever the length of a part, the epoch at which training stops early included.
  for (const everyMs of [10, 20, 10 * (whole.curve.length - 1), 1000]) {
    const parts = await run(engine, everyMs)
    expect(parts.curve).toEqual(whole.curve)
    expect(nameless(parts.result)).toEqual(nameless(whole.result))
  }
})

test('the first part is an epoch, the others as many as fit', async () => {
  const { jobs, kept } = await run('simd', 25, { epochs: { from: 0, to: 6 } })
  expect(jobs.map(({ epochs }) => [epochs.from, epochs.to])).toEqual([
    [0, 1],
    [1, 3],
    [3, 5],
    [5, 6],
  ])
  expect(kept).toEqual([1, 3, 5])
})

test('time that parts have taken is not there for the next ones', async () => {
  const limits = { jobMs: 100, epochMs: 50 }
  const { jobs } = await run('simd', 20, { epochs: { from: 0, to: 4 }, limits })
  expect(jobs.map((one) => one.limits)).toEqual([
    { jobMs: 100, epochMs: 50 },
    { jobMs: 90, epochMs: 50 },
    { jobMs: 70, epochMs: 50 },
  ])
})
