import type { Tensor } from '@tensorflow/tfjs-core'
import { core } from '../tfjs/tfjs.ts'

/** A metric as `model.compile` takes it. */
export type MetricFunction = (yTrue: Tensor, yPred: Tensor) => Tensor

/** Looks at rows one batch after the other, and has a number for all of them together. */
export interface Collector {
  /** Predictions in lines of `width` numbers; targets like them, or one class number for each line. */
  add(targets: ArrayLike<number>, predictions: ArrayLike<number>, width: number): void
  value(): number
}

const collectors = new WeakMap<object, () => Collector>()

/**
 * A metric that is no mean of its values on batches. Engines collect over all rows of an epoch, and of a validation set;
 * tfjs by itself calls it batch by batch.
 */
export function collectedMetric(name: string, collector: () => Collector): MetricFunction {
  const compute: MetricFunction = (yTrue, yPred) => {
    const all = collector()
    all.add(yTrue.dataSync(), yPred.dataSync(), yPred.shape.at(-1) ?? 1)
    return core.scalar(all.value())
  }
  Object.defineProperty(compute, 'name', { value: name })
  collectors.set(compute, collector)
  return compute
}

/** What collects a metric that a model was compiled with; undefined for names and for functions of a user's own. */
export function collectorOf(metric: unknown): (() => Collector) | undefined {
  return typeof metric === 'function' ? collectors.get(metric) : undefined
}
