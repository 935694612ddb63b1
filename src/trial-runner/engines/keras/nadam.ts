import type { serialization, Tensor, Variable } from '@tensorflow/tfjs-core'
import { core } from '../tfjs/tfjs.ts'
import { Rule, type Slot } from './rule.ts'

/** What Nadam's corrections are at a step. */
interface Momentum {
  /** Weight of the first moment, and of the gradient itself. */
  readonly moment: number
  readonly gradient: number
  /** 1 - beta2 ^ step. */
  readonly square: number
}

/**
 * The corrections of Nadam for each step, counted from 1: momentum that warms up by 0.96 ^ step. Multiplied one by one:
 * no `Math.pow`, whose digits vary.
 */
export function nadamMomentum(beta1: number, beta2: number): (step: number) => Momentum {
  let reached = 0
  let [decay, product, power] = [1, 1, 1]
  const momentum = (faded: number) => beta1 * (1 - 0.5 * faded)
  return (step) => {
    if (step < reached) {
      reached = 0
      ;[decay, product, power] = [1, 1, 1]
    }
    for (; reached < step; reached++) {
      decay *= 0.96
      product *= momentum(decay)
      power *= beta2
    }
    const next = momentum(decay * 0.96)
    return {
      moment: next / (1 - product * next),
      gradient: (1 - momentum(decay)) / (1 - product),
      square: 1 - power,
    }
  }
}

/** Adam with Nesterov's look-ahead (Dozat, 2016). */
export class Nadam extends Rule {
  static readonly className = 'Nadam'
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  readonly #momentum: (step: number) => Momentum
  readonly firstMoments: Slot[] = []
  readonly secondMoments: Slot[] = []

  constructor(learningRate: number, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7) {
    super(learningRate)
    this.beta1 = beta1
    this.beta2 = beta2
    this.epsilon = epsilon
    this.#momentum = nadamMomentum(beta1, beta2)
  }

  protected override learn(weight: Variable, gradient: Tensor, i: number): void {
    const { beta1, beta2, learningRate, epsilon } = this
    const [m, v] = [this.slot(this.firstMoments, 'm', weight, i), this.slot(this.secondMoments, 'v', weight, i)]
    const blend = (old: Tensor, fresh: Tensor, kept: number) => core.add(core.mul(old, kept), core.mul(fresh, 1 - kept))
    m.assign(blend(m, gradient, beta1))
    v.assign(blend(v, core.square(gradient), beta2))
    const now = this.#momentum(this.iterations + 1)
    const step = core.add(core.mul(m, now.moment), core.mul(gradient, now.gradient))
    const scale = core.add(core.sqrt(core.div(v, now.square)), epsilon)
    weight.assign(core.sub(weight, core.mul(learningRate, core.div(step, scale))))
  }

  override dispose(): void {
    core.dispose([...this.firstMoments, ...this.secondMoments].map(({ variable }) => variable))
  }

  override getConfig(): serialization.ConfigDict {
    const { learningRate, beta1, beta2, epsilon } = this
    return { learningRate, beta1, beta2, epsilon }
  }
}
