import { type LossSpec, lossSpec } from '../../keras/loss-function.ts'
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

/** The loss that an entry of `model.loss` stands for, a name or one of our functions, if it is trained here. */
export function lossOf(entry: unknown): Loss | undefined {
  if (typeof entry === 'string') return byName.get(entry)
  const spec = lossSpec(entry)
  return spec && withSettings(spec)
}

function withSettings(spec: LossSpec): Loss | undefined {
  switch (spec.name) {
    case 'huber':
      return loss(
        spec.name,
        (k) =>
          (...lines) =>
            k.huber(...lines, spec.delta),
      )
    case 'binaryFocalCrossentropy': {
      const { gamma, one, zero, fromLogits } = spec
      return loss(
        spec.name,
        (k) =>
          (...lines) =>
            k.binaryFocalCrossentropy(...lines, gamma, one, zero, fromLogits ? 1 : 0),
      )
    }
    case 'binaryCrossentropy':
      return spec.fromLogits ? loss(spec.name, (k) => k.sigmoidCrossEntropy) : byName.get(spec.name)
    case 'categoricalCrossentropy':
      return spec.fromLogits ? loss(spec.name, (k) => k.softmaxCrossEntropy) : byName.get(spec.name)
    case 'sparseCategoricalCrossentropy':
      return spec.fromLogits
        ? loss(spec.name, (k) => k.sparseSoftmaxCrossEntropy, 'class number')
        : byName.get(spec.name)
  }
}
