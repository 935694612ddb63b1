import { areaUnderCurve } from './area-under-curve.ts'
import { counting, share } from './counts.ts'
import { type Collector, collectedMetric, type MetricFunction } from './metric-function.ts'

interface Named {
  /** Under which it is reported, and `val_` before it. Default: the metric's own. */
  readonly name?: string
}

interface Thresholded extends Named {
  /** Predictions above it say yes. Default 0.5. */
  readonly threshold?: number
}

/** Area under the ROC curve, exact, over all rows and columns. */
export function auc({ name = 'auc' }: Named = {}): MetricFunction {
  return collectedMetric(name, areaUnderCurve)
}

/** The share of right ones among those called positive, over all columns. */
export function precision({ name = 'precision', threshold = 0.5 }: Thresholded = {}): MetricFunction {
  return collectedMetric(name, () => precisionAt(threshold))
}

/** The share of the positives that is called so, over all columns. */
export function recall({ name = 'recall', threshold = 0.5 }: Thresholded = {}): MetricFunction {
  return collectedMetric(name, () => recallAt(threshold))
}

/** The harmonic mean of precision and recall, over all columns (Keras's average `micro`). */
export function f1({ name = 'f1', threshold = 0.5 }: Thresholded = {}): MetricFunction {
  return collectedMetric(name, () =>
    counting(threshold, ({ truePositives: right, falsePositives, falseNegatives }) =>
      share(2 * right, 2 * right + falsePositives + falseNegatives),
    ),
  )
}

/** The share of rows whose class is among the `k` (default 5) that are thought most likely. Ties count as right. */
export function topKCategoricalAccuracy({
  name = 'top_k_categorical_accuracy',
  k = 5,
}: Named & { readonly k?: number } = {}): MetricFunction {
  return collectedMetric(name, () => topK(k))
}

export function precisionAt(threshold: number): Collector {
  return counting(threshold, ({ truePositives: right, falsePositives }) => share(right, right + falsePositives))
}

export function recallAt(threshold: number): Collector {
  return counting(threshold, ({ truePositives: right, falseNegatives }) => share(right, right + falseNegatives))
}

function topK(k: number): Collector {
  let [right, lines] = [0, 0]
  return {
    add(targets, predictions, width) {
      const classNumbers = targets.length !== predictions.length
      for (let from = 0; from < predictions.length; from += width, lines++) {
        const line = Array.from({ length: width }, (_, i) => predictions[from + i] as number)
        const shares = (i: number) => targets[from + i] as number
        const own = classNumbers
          ? (targets[from / width] as number)
          : line.reduce((best, _, i) => (shares(i) > shares(best) ? i : best), 0)
        const better = line.filter((value) => value > (line[own] as number)).length
        if (better < k) right++
      }
    },
    value: () => share(right, lines),
  }
}
