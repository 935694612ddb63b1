import type { Tensor } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Checkpoint } from '../../../core/checkpoint.ts'
import { RandomStream } from '../../../core/random.ts'
import type { Metrics } from '../../../core/trial.ts'
import { epochOrder } from '../../../training/epoch-order.ts'
import type { FoldData } from '../../../training/fold-data.ts'
import { kerasMetricName } from '../../../training/metric-names.ts'
import { type EpochTrainer, trainEpochs } from '../../../training/train-epochs.ts'
import { checkOrigin } from '../check-origin.ts'
import type { Engine, TrainingHooks, TrainingJob, TrainingResult } from '../engine.ts'
import { kerasOptimizer } from '../keras/optimizer.ts'
import { CollectedMetrics } from './collected-metrics.ts'
import { applyConstraints } from './constraints.ts'
import { Feed } from './feed.ts'
import { hasFiniteWeights } from './finite-weights.ts'
import { withSeededMathRandom } from './math-random.ts'
import { core } from './tfjs.ts'
import { ITERATIONS, readOptimizer, readWeights, writeOptimizer, writeWeights } from './weights.ts'

/** Rows in one step of validation: large, since nothing has to be kept for a gradient. */
const VALIDATION_BATCH = 1024

/** Trains anything that tfjs-layers can compile, op by op on a tfjs backend. */
export class TfjsEngine implements Engine {
  readonly name = 'tfjs'
  readonly backend: string

  constructor(backend: string) {
    this.backend = backend
  }

  supports(): true {
    return true
  }

  wrote(checkpoint: Checkpoint): boolean {
    return checkpoint.optimizer.some(({ name }) => name === ITERATIONS)
  }

  async train(job: TrainingJob, data: FoldData, hooks: TrainingHooks): Promise<TrainingResult> {
    if (job.checkpoint !== undefined) checkOrigin(this, job.checkpoint)
    return withSeededMathRandom((reseed) => trainSeeded(job, data, hooks, reseed))
  }
}

async function trainSeeded(
  job: TrainingJob,
  data: FoldData,
  hooks: TrainingHooks,
  reseed: (path: string) => void,
): Promise<TrainingResult> {
  const { model, checkpoint } = job
  const stream = new RandomStream(job.stream)
  if (checkpoint !== undefined) {
    writeWeights(model, checkpoint.weights)
    writeOptimizer(model.optimizer, checkpoint.optimizer)
  }
  const feed = new Feed(data.dataset, model)
  const collected = new CollectedMetrics(model)
  const validation = validationBatches(feed, data)
  const trainer: EpochTrainer = {
    async trainEpoch(epoch) {
      reseed(stream.split('dropout', epoch).path)
      const order = epochOrder(job.stream, epoch, data.train, job.shuffle)
      const optimizer = kerasOptimizer(model.optimizer)
      if (optimizer) optimizer.epoch = epoch - 1
      const metrics = await trainEpoch(model, collected, feed, order, job.batchSize)
      const loss = (await hasFiniteWeights(model)) ? {} : { loss: Number.NaN }
      return Object.assign(metrics, loss, await evaluate(model, collected, validation))
    },
    snapshot: () => readWeights(model),
  }
  try {
    const trained = await trainEpochs({ ...job, stopping: checkpoint?.stopping }, trainer, hooks.onEpoch)
    const { end, epochs, stopping } = trained
    const saved = job.keepCheckpoint && {
      epoch: epochs,
      weights: await readWeights(model),
      optimizer: await readOptimizer(model.optimizer),
      ...(stopping === undefined ? {} : { stopping }),
    }
    if (stopping?.bestWeights !== undefined) writeWeights(model, stopping.bestWeights)
    return { end, epochs, ...(saved === false ? {} : { checkpoint: saved }) }
  } finally {
    collected.restore()
    core.dispose(validation.map(({ x, y }) => [x, y]) as never)
  }
}

interface Batch {
  readonly x: Tensor[]
  readonly y: Tensor[]
  readonly rows: number
}

function validationBatches(feed: Feed, { validation }: FoldData): Batch[] {
  const batches: Batch[] = []
  for (let from = 0; from < validation.length; from += VALIDATION_BATCH) {
    const to = Math.min(validation.length, from + VALIDATION_BATCH)
    batches.push({ ...feed.batch(validation, from, to), rows: to - from })
  }
  return batches
}

/** Every batch once; metrics are means over batches, weighted by their rows. */
async function trainEpoch(
  model: LayersModel,
  collected: CollectedMetrics,
  feed: Feed,
  order: Int32Array,
  batchSize: number,
): Promise<Metrics> {
  collected.reset()
  const sums = new Float64Array(model.metricsNames.length)
  for (let from = 0; from < order.length; from += batchSize) {
    const to = Math.min(order.length, from + batchSize)
    const { x, y } = feed.batch(order, from, to)
    try {
      const values = [await model.trainOnBatch(x, y)].flat()
      applyConstraints(model)
      await collected.settle()
      values.forEach((value, i) => {
        sums[i] = (sums[i] as number) + value * (to - from)
      })
    } finally {
      core.dispose([...x, ...y])
    }
  }
  return named(model, collected, sums, order.length, '')
}

async function evaluate(model: LayersModel, collected: CollectedMetrics, batches: readonly Batch[]): Promise<Metrics> {
  collected.reset()
  const sums = new Float64Array(model.metricsNames.length)
  let count = 0
  for (const { x, y, rows } of batches) {
    // Of several outputs tfjs first returns running totals of their losses, of which only the last is the loss.
    const scalars = core.tidy(() => [model.evaluate(x, y, { batchSize: rows })].flat().slice(model.outputs.length - 1))
    const values = await Promise.all(scalars.map(async (scalar) => (await scalar.data())[0] as number))
    core.dispose(scalars)
    await collected.settle()
    values.forEach((value, i) => {
      sums[i] = (sums[i] as number) + value * rows
    })
    count += rows
  }
  return count === 0 ? {} : named(model, collected, sums, count, 'val_')
}

function named(
  model: LayersModel,
  collected: CollectedMetrics,
  sums: Float64Array,
  rows: number,
  prefix: string,
): Metrics {
  const values = collected.into(Array.from(sums, (sum) => sum / rows))
  return Object.fromEntries(model.metricsNames.map((name, i) => [prefix + kerasName(model, name), values[i] as number]))
}

/** Of several outputs each metric has its output's name in front. */
function kerasName({ outputNames }: LayersModel, name: string): string {
  const output = outputNames.length > 1 ? outputNames.find((output) => name.startsWith(`${output}_`)) : undefined
  return output === undefined ? kerasMetricName(name) : `${output}_${kerasMetricName(name.slice(output.length + 1))}`
}
