import type { Tensor } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { lossSpec } from '../keras/loss-function.ts'
import { type Collector, collectorOf } from '../keras/metric-function.ts'
import { precisionAt, recallAt } from '../keras/metrics.ts'
import { core, layers } from './tfjs.ts'

type LossOrMetric = LayersModel['metricsTensors'][number][0]

/** A metric that a model was compiled with, and what stands in for it while the model is trained here. */
interface StandIn {
  /** Where it is in `model.metricsTensors`. */
  readonly index: number
  readonly make: () => Collector
  collector: Collector
}

interface Seen {
  readonly standIn: StandIn
  readonly yTrue: Tensor
  readonly yPred: Tensor
}

/**
 * Metrics that are no means of batches: while a model is trained they collect rows instead of computing a number for each
 * batch. tfjs's precision and recall, which are means of batches and count predictions that are exactly 1, are among them.
 */
export class CollectedMetrics {
  readonly #model: LayersModel
  readonly #original: LayersModel['metricsTensors']
  readonly #standIns: StandIn[] = []
  /** Rows seen and not read yet: a GPU's numbers cannot be waited for where metrics are computed. */
  readonly #seen: Seen[] = []

  constructor(compiled: LayersModel) {
    // A Sequential trains a model inside it.
    const model = (compiled as { readonly model?: LayersModel }).model ?? compiled
    this.#model = model
    this.#original = model.metricsTensors
    model.metricsTensors = this.#original.map(([metric, output], index) => {
      const name = model.metricsNames[index + 1] ?? ''
      const make = collectorOf(metric) ?? ownOfTfjs(metric, name, model)
      if (make === undefined) return [matching(metric, name, model, output), output]
      const standIn: StandIn = { index, make, collector: make() }
      this.#standIns.push(standIn)
      const collect = (yTrue: Tensor, yPred: Tensor) => {
        this.#seen.push({ standIn, yTrue: core.keep(core.clone(yTrue)), yPred: core.keep(core.clone(yPred)) })
        return core.scalar(0)
      }
      return [collect, output]
    })
  }

  /** Reads what the last batch brought. */
  async settle(): Promise<void> {
    for (const { standIn, yTrue, yPred } of this.#seen.splice(0)) {
      standIn.collector.add(await yTrue.data(), await yPred.data(), yPred.shape.at(-1) ?? 1)
      core.dispose([yTrue, yPred])
    }
  }

  reset(): void {
    for (const standIn of this.#standIns) standIn.collector = standIn.make()
  }

  /** Puts what was collected since the last reset in the place of means, in the order of `model.metricsNames`. */
  into(means: number[]): number[] {
    // The loss comes first, and is no metric.
    for (const { index, collector } of this.#standIns) means[index + 1] = collector.value()
    return means
  }

  /** Gives the model back as it was. */
  restore(): void {
    for (const { yTrue, yPred } of this.#seen.splice(0)) core.dispose([yTrue, yPred])
    this.#model.metricsTensors = this.#original
  }
}

function ownOfTfjs(metric: LossOrMetric, name: string, model: LayersModel): (() => Collector) | undefined {
  if (metric === layers.metrics.recall) return () => recallAt(0.5)
  const named = /(^|_)precision$/.test(name) && strings(model.metrics).includes('precision')
  return named || metric === layers.metrics.precision ? () => precisionAt(0.5) : undefined
}

function strings(compiled: unknown): unknown[] {
  const lists = typeof compiled === 'object' && !Array.isArray(compiled) ? Object.values(compiled ?? {}) : [compiled]
  return lists.flat()
}

/** `accuracy` is chosen by the loss, and tfjs knows only its own losses. Targets of the sparse one are one-hot here. */
function matching(metric: LossOrMetric, name: string, model: LayersModel, output: number): LossOrMetric {
  const binary = lossSpec(model.lossFunctions[output])?.name === 'binaryCrossentropy'
  return binary && /(^|_)acc$/.test(name) ? layers.metrics.binaryAccuracy : metric
}
