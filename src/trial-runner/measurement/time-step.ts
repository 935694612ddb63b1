import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Params } from '../../core/params.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { Engine } from '../engines/engine.ts'
import { withTensorScope } from '../engines/tfjs/tensor-scope.ts'
import { batchSizeOf } from '../work/context.ts'
import { withModel } from '../work/with-model.ts'
import type { Work, Workload } from '../workload.ts'
import type { StepTime } from './measurement.ts'

/** How long one point is looked at after a first step, and for how many more. */
const SPAN = { ms: 40, fewest: 3, most: 12 }

/** Copies of its weights that a model needs to train: they, their gradients, and two slots of an optimizer. */
const COPIES = 4

const STREAM = 'measurement'

/**
 * Trains a model of one configuration on one batch, over and over: the quickest step is what counts, since that is what
 * the machine can do when nothing disturbs it. It is trained and validated once beforehand, so that a candidate that can
 * do either of them only fails here, and not in a trial; if that takes longer than `patienceMs` it counts itself.
 * Rejects with what `model()` or the engine throws.
 */
export async function timeStep(
  engine: Engine,
  workload: Workload & { readonly work: Work & { kind: 'model' } },
  params: Params,
  dataset: Dataset,
  patienceMs: number,
): Promise<StepTime> {
  return withTensorScope(() =>
    withModel(workload.work, params, dataset, STREAM, async (model) => {
      const batchSize = Math.min(batchSizeOf(workload.training, params), dataset.rows)
      const rows = Int32Array.from({ length: batchSize }, (_, row) => row)
      const data = { dataset, train: rows, validation: rows }
      const verdict = engine.supports(model, data)
      if (verdict !== true) return { status: 'unsupported', reason: verdict }
      const reason = memoryLacking(model)
      if (reason !== undefined) return { status: 'failed', reason }
      const job = { model, batchSize, shuffle: false, stream: STREAM, keepCheckpoint: false }
      const started = performance.now()
      await engine.train({ ...job, epochs: { from: 0, to: 1 } }, data, { onEpoch: () => 'continue' })
      const firstMs = performance.now() - started
      if (firstMs > patienceMs) return { status: 'measured', ms: firstMs, batchSize }
      const watch = new StepWatch(patienceMs)
      const epochs = { from: 0, to: Number.POSITIVE_INFINITY }
      const stepsOnly = { ...data, validation: new Int32Array(0) }
      await engine.train({ ...job, epochs }, stepsOnly, { onEpoch: () => watch.step() })
      return { status: 'measured', ms: watch.quickest, batchSize }
    }),
  )
}

/** Times epochs of one step each. */
class StepWatch {
  readonly #patienceMs: number
  #last = performance.now()
  #steps = 0
  #spent = 0
  #quickest = Number.POSITIVE_INFINITY

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs
  }

  get quickest(): number {
    return this.#quickest
  }

  step(): 'continue' | 'stop' {
    const now = performance.now()
    const ms = now - this.#last
    this.#last = now
    this.#steps++
    this.#spent += ms
    this.#quickest = Math.min(this.#quickest, ms)
    const isEnough = this.#steps >= SPAN.fewest ? this.#spent >= SPAN.ms : this.#spent >= this.#patienceMs
    return isEnough || this.#steps >= SPAN.most ? 'stop' : 'continue'
  }
}

/** A point of a space may be far larger than any trial: better not to try than to have the machine end the process. */
function memoryLacking(model: LayersModel): string | undefined {
  const needed = model.countParams() * Float32Array.BYTES_PER_ELEMENT * COPIES
  const free = process.availableMemory()
  if (needed <= free) return undefined
  const gigabytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`
  return `to train its weights takes about ${gigabytes(needed)}, and ${gigabytes(free)} are free`
}
