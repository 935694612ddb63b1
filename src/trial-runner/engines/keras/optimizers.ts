import { TunerError } from '../../../core/errors.ts'
import type { LearningRate } from '../../../training/learning-rate.ts'
import { core } from '../tfjs/tfjs.ts'
import { CenteredRmsprop } from './centered-rmsprop.ts'
import type { Clipping } from './clipping.ts'
import { Nadam } from './nadam.ts'
import { KerasOptimizer } from './optimizer.ts'

/** What every optimizer takes. At most one way of clipping. */
export interface OptimizerOptions {
  /** A number, or a schedule. Default 0.001, for `sgd` 0.01. */
  readonly learningRate?: LearningRate
  /** Every number of a gradient is brought into [-clipValue, clipValue]. */
  readonly clipValue?: number
  /** The gradient of each weight is brought to this norm where it is longer. */
  readonly clipNorm?: number
  /** All gradients together are. */
  readonly globalClipNorm?: number
  /** The share of itself, times the learning rate, that a weight loses at each step. Default 0, for `adamW` 0.004. */
  readonly weightDecay?: number
}

export interface SgdOptions extends OptimizerOptions {
  /** Default 0. */
  readonly momentum?: number
  readonly nesterov?: boolean
}

export interface RmspropOptions extends OptimizerOptions {
  /** Default 0.9. */
  readonly rho?: number
  /** Default 0. */
  readonly momentum?: number
  /** Default 1e-7. */
  readonly epsilon?: number
  /** By the variance of the gradient. Default false. */
  readonly centered?: boolean
}

export interface AdamOptions extends OptimizerOptions {
  /** Default 0.9. */
  readonly beta1?: number
  /** Default 0.999. */
  readonly beta2?: number
  /** Default 1e-7. */
  readonly epsilon?: number
}

export interface AdagradOptions extends OptimizerOptions {
  /** Default 0.1. */
  readonly initialAccumulatorValue?: number
}

export interface AdadeltaOptions extends OptimizerOptions {
  /** Default 0.95. */
  readonly rho?: number
  /** Default 1e-7. */
  readonly epsilon?: number
}

const EPSILON = 1e-7

function clippingOf(options: OptimizerOptions): Clipping | undefined {
  const given = [
    ['value', options.clipValue],
    ['norm', options.clipNorm],
    ['globalNorm', options.globalClipNorm],
  ] as const
  const chosen = given.flatMap(([by, limit]) => (limit === undefined ? [] : [{ by, limit }]))
  if (chosen.length > 1) {
    throw new TunerError('training/bad-option', `Gradients can be clipped in one way, got ${chosen.length}.`, {
      hint: 'Give one of clipValue, clipNorm and globalClipNorm.',
    })
  }
  if (chosen.some(({ limit }) => !(limit > 0))) {
    throw new TunerError('training/bad-option', `The limit of gradients is ${chosen[0]?.limit}; expected more than 0.`)
  }
  return chosen[0]
}

function guided<O extends OptimizerOptions>(options: O, rule: (rate: number) => KerasOptimizer['rule'], rate = 0.001) {
  const { learningRate = rate, weightDecay } = options
  // The rule gets its rate before each step; until then it only has to have one.
  const first = typeof learningRate === 'number' ? learningRate : learningRate({ step: 0, epoch: 0 })
  return new KerasOptimizer(rule(first), { learningRate, clipping: clippingOf(options), weightDecay })
}

/** Gradient descent, with momentum (Polyak, 1964) or Nesterov's where asked for. */
export function sgd(options: SgdOptions = {}): KerasOptimizer {
  const { momentum = 0, nesterov = false } = options
  return guided(options, (r) => (momentum === 0 ? core.train.sgd(r) : core.train.momentum(r, momentum, nesterov)), 0.01)
}

/** RMSprop (Hinton, 2012). */
export function rmsprop(options: RmspropOptions = {}): KerasOptimizer {
  const { rho = 0.9, momentum = 0, epsilon = EPSILON, centered = false } = options
  return guided(options, (r) =>
    centered ? new CenteredRmsprop(r, rho, momentum, epsilon) : core.train.rmsprop(r, rho, momentum, epsilon),
  )
}

/** Adam (Kingma and Ba, 2015), with epsilon added after the correction of bias, as in the paper and in tfjs. */
export function adam(options: AdamOptions = {}): KerasOptimizer {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = EPSILON } = options
  return guided(options, (r) => core.train.adam(r, beta1, beta2, epsilon))
}

/** Adam with weights that decay apart from their gradients (Loshchilov and Hutter, 2019). */
export function adamW(options: AdamOptions = {}): KerasOptimizer {
  return adam({ weightDecay: 0.004, ...options })
}

/** Adam with Nesterov's look-ahead (Dozat, 2016). */
export function nadam(options: AdamOptions = {}): KerasOptimizer {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = EPSILON } = options
  return guided(options, (r) => new Nadam(r, beta1, beta2, epsilon))
}

/** Adam with the largest gradient in place of the mean square (Kingma and Ba, 2015). */
export function adamax(options: AdamOptions = {}): KerasOptimizer {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = EPSILON } = options
  return guided(options, (r) => core.train.adamax(r, beta1, beta2, epsilon))
}

/** Adagrad (Duchi et al., 2011). */
export function adagrad(options: AdagradOptions = {}): KerasOptimizer {
  return guided(options, (r) => core.train.adagrad(r, options.initialAccumulatorValue ?? 0.1))
}

/** Adadelta (Zeiler, 2012), whose step is made from the mean squares before it, as tfjs has it. */
export function adadelta(options: AdadeltaOptions = {}): KerasOptimizer {
  return guided(options, (r) => core.train.adadelta(r, options.rho ?? 0.95, options.epsilon ?? EPSILON))
}
