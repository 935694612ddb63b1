import type { Tensor } from '@tensorflow/tfjs-core'
import { TunerError } from '../../../core/errors.ts'
import { core, layers } from '../tfjs/tfjs.ts'
import { type LossFunction, lossFunction } from './loss-function.ts'

const EPSILON = 1e-7

function atLeast(low: number, name: string, value: number): void {
  if (value >= low && Number.isFinite(value)) return
  throw new TunerError('training/bad-option', `${name} is ${value}; expected a number from ${low} on.`)
}

/** Squared up to an error of `delta` (default 1), linear beyond (P. J. Huber, 1964). */
export function huber({ delta = 1 }: { readonly delta?: number } = {}): LossFunction {
  atLeast(0, 'delta of huber', delta)
  return lossFunction({ name: 'huber', delta }, (yTrue, yPred) =>
    core.tidy(() => {
      const error = core.abs(core.sub(yPred, yTrue))
      const inner = core.minimum(error, delta)
      const outer = core.sub(error, inner)
      return core.mean(core.add(core.mul(0.5, core.square(inner)), core.mul(delta, outer)), -1)
    }),
  )
}

export interface FocalOptions {
  /** How much less what is right already counts. Default 2. */
  readonly gamma?: number
  /** Weight of the class 1, against 1 - alpha of the class 0, where `applyClassBalancing` says so. Default 0.25. */
  readonly alpha?: number
  /** Default false. */
  readonly applyClassBalancing?: boolean
  /** Whether predictions are logits, of a last layer without activation. Default false. */
  readonly fromLogits?: boolean
}

/** Binary crossentropy for rare classes (Lin et al., 2017). */
export function binaryFocalCrossentropy(options: FocalOptions = {}): LossFunction {
  const { gamma = 2, alpha = 0.25, applyClassBalancing = false, fromLogits = false } = options
  atLeast(0, 'gamma of binaryFocalCrossentropy', gamma)
  const [one, zero] = applyClassBalancing ? [alpha, 1 - alpha] : [1, 1]
  const spec = { name: 'binaryFocalCrossentropy', gamma, one, zero, fromLogits } as const
  return lossFunction(spec, (yTrue, yPred) =>
    core.tidy(() => {
      const q = fromLogits ? core.sigmoid(yPred) : yPred
      const clipped = core.clipByValue(q, EPSILON, 1 - EPSILON)
      const odds = core.log(core.div(clipped, core.sub(1, clipped)))
      const entropy = core.sub(core.softplus(odds), core.mul(odds, yTrue))
      const rest = core.add(q, core.mul(yTrue, core.sub(1, core.mul(2, q))))
      const focus = core.pow(core.maximum(rest, EPSILON), gamma)
      const weight = core.add(zero, core.mul(yTrue, one - zero))
      return core.mean(core.mul(core.mul(weight, focus), entropy), -1)
    }),
  )
}

interface LogitOptions {
  /** Whether predictions are logits, of a last layer without activation. Default false. */
  readonly fromLogits?: boolean
}

/** Crossentropy of yes and no, for any number of columns. */
export function binaryCrossentropy({ fromLogits = false }: LogitOptions = {}): LossFunction {
  return lossFunction({ name: 'binaryCrossentropy', fromLogits }, (yTrue, yPred) =>
    fromLogits
      ? core.tidy(() => core.mean(core.sub(core.softplus(yPred), core.mul(yPred, yTrue)), -1))
      : layers.metrics.binaryCrossentropy(yTrue, yPred),
  )
}

/** Crossentropy of shares of classes. */
export function categoricalCrossentropy({ fromLogits = false }: LogitOptions = {}): LossFunction {
  return lossFunction({ name: 'categoricalCrossentropy', fromLogits }, (yTrue, yPred) =>
    fromLogits ? ofLogits(yTrue, yPred) : layers.metrics.categoricalCrossentropy(yTrue, yPred),
  )
}

/** Crossentropy of the numbers of classes. Takes one-hot lines too: tfjs has no way to tell a function's targets apart. */
export function sparseCategoricalCrossentropy({ fromLogits = false }: LogitOptions = {}): LossFunction {
  return lossFunction({ name: 'sparseCategoricalCrossentropy', fromLogits }, (yTrue, yPred) =>
    core.tidy(() => {
      const shares = yTrue.size === yPred.size ? yTrue : spread(yTrue, yPred.shape)
      return fromLogits ? ofLogits(shares, yPred) : layers.metrics.categoricalCrossentropy(shares, yPred)
    }),
  )
}

function spread(classNumbers: Tensor, shape: readonly number[]): Tensor {
  const numbers = core.cast(core.reshape(classNumbers, [classNumbers.size]), 'int32')
  return core.reshape(core.oneHot(numbers, shape.at(-1) as number), [...shape])
}

function ofLogits(shares: Tensor, logits: Tensor): Tensor {
  return core.tidy(() => core.neg(core.sum(core.mul(core.cast(shares, 'float32'), core.logSoftmax(logits)), -1)))
}
