import { precisionAt, recallAt } from '../../keras/metrics.ts'
import type { Kernels } from '../kernels/signatures.ts'
import type { LossKernel } from '../losses/loss.ts'
import { collected } from './collected.ts'
import { type Metric, meanOverLines } from './metric.ts'

type Score = (p: number, t: number, rows: number, width: number, lanes: number) => number

/** A metric that is the mean of a score of lines. */
function mean(
  names: readonly string[],
  kernel: (kernels: Kernels) => Score,
  targets: NonNullable<Metric['targets']> = 'like predictions',
): Metric {
  return {
    names,
    targets,
    gauge({ kernels, prediction: p, target: t }) {
      const score = kernel(kernels)
      return meanOverLines(p.lines, ({ rows }) => score(p.value.at, t.value.at, rows * p.lines, p.width, p.lanes))
    },
  }
}

/** A loss as a metric: the same sum without the gradient. */
function loss(names: readonly string[], kernel: (kernels: Kernels) => LossKernel, targets?: Metric['targets']): Metric {
  return mean(
    names,
    (kernels) => (p, t, rows, width, lanes) => kernel(kernels)(p, t, 0, rows, rows, width, lanes),
    targets,
  )
}

const metrics: readonly Metric[] = [
  mean(['binaryAccuracy'], (k) => k.binaryAccuracy),
  mean(['categoricalAccuracy'], (k) => k.categoricalAccuracy),
  mean(['sparseCategoricalAccuracy'], (k) => k.sparseCategoricalAccuracy, 'class number'),
  loss(['mse', 'MSE', 'meanSquaredError'], (k) => k.meanSquaredError),
  loss(['mae', 'MAE', 'meanAbsoluteError'], (k) => k.meanAbsoluteError),
  loss(['mape', 'MAPE', 'meanAbsolutePercentageError'], (k) => k.meanAbsolutePercentageError),
  loss(['cosine', 'cosineProximity'], (k) => k.cosineProximity),
  loss(['binaryCrossentropy'], (k) => k.binaryCrossentropy),
  loss(['categoricalCrossentropy'], (k) => k.categoricalCrossentropy),
  loss(['sparseCategoricalCrossentropy'], (k) => k.sparseCategoricalCrossentropy, 'class number'),
  // Of all rows: tfjs takes the mean of batches, and counts predictions that are exactly 1.
  collected(['precision'], () => precisionAt(0.5)),
  collected(['recall'], () => recallAt(0.5)),
]

const byName = new Map(metrics.flatMap((metric) => metric.names.map((name) => [name, metric])))

/** The metric of that name, if it is computed here. */
export function metricNamed(name: string): Metric | undefined {
  return byName.get(name)
}
