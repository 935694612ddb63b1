import type { Kernels } from '../kernels/signatures.ts'
import type { Loss, LossKernel } from './loss.ts'

function loss(
  name: string,
  kernel: (kernels: Kernels) => LossKernel,
  targets: Loss['targets'] = 'like predictions',
): Loss {
  return { name, kernel, targets }
}

const losses: readonly Loss[] = [
  loss('meanSquaredError', (k) => k.meanSquaredError),
  loss('meanAbsoluteError', (k) => k.meanAbsoluteError),
  loss('meanAbsolutePercentageError', (k) => k.meanAbsolutePercentageError),
  loss('meanSquaredLogarithmicError', (k) => k.meanSquaredLogarithmicError),
  loss('squaredHinge', (k) => k.squaredHinge),
  loss('hinge', (k) => k.hinge),
  loss('categoricalHinge', (k) => k.categoricalHinge),
  loss('logcosh', (k) => k.logcosh),
  loss('binaryCrossentropy', (k) => k.binaryCrossentropy),
  loss('categoricalCrossentropy', (k) => k.categoricalCrossentropy),
  loss('sparseCategoricalCrossentropy', (k) => k.sparseCategoricalCrossentropy, 'class number'),
  loss('kullbackLeiblerDivergence', (k) => k.kullbackLeiblerDivergence),
  loss('poisson', (k) => k.poisson),
  loss('cosineProximity', (k) => k.cosineProximity),
]

const byName = new Map(losses.map((loss) => [loss.name, loss]))

/** The loss of that name, if it is trained here. */
export function lossNamed(name: string): Loss | undefined {
  return byName.get(name)
}
