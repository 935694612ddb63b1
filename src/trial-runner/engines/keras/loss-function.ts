import type { Tensor } from '@tensorflow/tfjs-core'

/** A loss as `model.compile` takes it: batches of targets and predictions to the losses of rows. */
export type LossFunction = (yTrue: Tensor, yPred: Tensor) => Tensor

/** What a loss function stands for, for engines that compute it in their own way. */
export type LossSpec =
  | { readonly name: 'huber'; readonly delta: number }
  | {
      readonly name: 'binaryFocalCrossentropy'
      readonly gamma: number
      /** Weights of rows where the target is 1, and where it is 0. */
      readonly one: number
      readonly zero: number
      readonly fromLogits: boolean
    }
  | { readonly name: CrossentropyName; readonly fromLogits: boolean }

type CrossentropyName = 'binaryCrossentropy' | 'categoricalCrossentropy' | 'sparseCategoricalCrossentropy'

const specs = new WeakMap<object, LossSpec>()

/** Marks a function as what `spec` says. */
export function lossFunction(spec: LossSpec, compute: LossFunction): LossFunction {
  Object.defineProperty(compute, 'name', { value: spec.name })
  specs.set(compute, spec)
  return compute
}

/** What a loss that a model was compiled with stands for; undefined for names and for functions of a user's own. */
export function lossSpec(loss: unknown): LossSpec | undefined {
  return typeof loss === 'function' ? specs.get(loss) : undefined
}
