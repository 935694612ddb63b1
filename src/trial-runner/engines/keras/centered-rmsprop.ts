import type { serialization, Tensor, Variable } from '@tensorflow/tfjs-core'
import { core } from '../tfjs/tfjs.ts'
import { Rule, type Slot } from './rule.ts'

/**
 * RMSprop by the variance of the gradient (Graves, 2013). tfjs's own subtracts epsilon where it should be added, and
 * takes roots of negative numbers.
 */
export class CenteredRmsprop extends Rule {
  static readonly className = 'CenteredRMSProp'
  readonly decay: number
  readonly momentum: number
  readonly epsilon: number
  readonly squares: Slot[] = []
  readonly means: Slot[] = []
  readonly moments: Slot[] = []

  constructor(learningRate: number, decay = 0.9, momentum = 0, epsilon = 1e-7) {
    super(learningRate)
    this.decay = decay
    this.momentum = momentum
    this.epsilon = epsilon
  }

  protected override learn(weight: Variable, gradient: Tensor, i: number): void {
    const { decay, momentum, epsilon, learningRate } = this
    const square = this.slot(this.squares, 'rms', weight, i)
    const mean = this.slot(this.means, 'mg', weight, i)
    const moment = this.slot(this.moments, 'momentum', weight, i)
    const blend = (old: Tensor, fresh: Tensor) => core.add(core.mul(old, decay), core.mul(fresh, 1 - decay))
    square.assign(blend(square, core.square(gradient)))
    mean.assign(blend(mean, gradient))
    const variance = core.maximum(core.sub(square, core.square(mean)), 0)
    const step = core.div(core.mul(learningRate, gradient), core.sqrt(core.add(variance, epsilon)))
    moment.assign(core.add(core.mul(moment, momentum), step))
    weight.assign(core.sub(weight, moment))
  }

  override dispose(): void {
    core.dispose([...this.squares, ...this.means, ...this.moments].map(({ variable }) => variable))
  }

  override getConfig(): serialization.ConfigDict {
    const { learningRate, decay, momentum, epsilon } = this
    return { learningRate, decay, momentum, epsilon, centered: true }
  }
}
