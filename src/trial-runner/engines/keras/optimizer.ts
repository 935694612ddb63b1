import type { Optimizer, serialization } from '@tensorflow/tfjs-core'
import { type LearningRate, learningRateAt } from '../../../training/learning-rate.ts'
import { core } from '../tfjs/tfjs.ts'
import { type Clipping, clipped } from './clipping.ts'
import { type Gradients, named } from './gradients.ts'

/** What an optimizer does besides its rule. */
export interface Guidance {
  readonly learningRate: LearningRate
  readonly clipping?: Clipping | undefined
  /** Before each step a weight loses this share of itself times the learning rate (Loshchilov and Hutter, 2019). */
  readonly weightDecay?: number | undefined
}

/**
 * An optimizer that trains as its `rule` does, with a learning rate that may change, with gradients clipped, and with
 * weights that decay. Works wherever tfjs takes an optimizer.
 */
export class KerasOptimizer extends core.Optimizer {
  static readonly className = 'KerasOptimizer'
  readonly rule: Optimizer
  readonly guidance: Guidance
  /** Epochs done: an engine says so for schedules that count them. */
  epoch = 0

  constructor(rule: Optimizer, guidance: Guidance) {
    super()
    this.rule = rule
    this.guidance = guidance
  }

  override applyGradients(gradients: Gradients): void {
    const { learningRate, clipping, weightDecay = 0 } = this.guidance
    const rate = learningRateAt(learningRate, { step: this.iterations, epoch: this.epoch })
    setLearningRate(this.rule, rate)
    core.tidy(() => {
      const all = named(gradients)
      if (weightDecay > 0) for (const { name } of all) shrink(name, 1 - rate * weightDecay)
      this.rule.applyGradients(clipping === undefined ? all : clipped(all, clipping))
    })
    this.incrementIterations()
  }

  override dispose(): void {
    this.rule.dispose()
  }

  override getConfig(): serialization.ConfigDict {
    return { rule: this.rule.getClassName(), ...this.rule.getConfig() }
  }
}

/** The optimizer where it is one of these; not by `instanceof`, of which tfjs makes something else. */
export function kerasOptimizer(optimizer: Optimizer): KerasOptimizer | undefined {
  return optimizer.constructor === KerasOptimizer ? (optimizer as KerasOptimizer) : undefined
}

/** Some of tfjs's optimizers keep a copy of the rate, and have a method for that; the others read the field. */
function setLearningRate(rule: Optimizer, rate: number): void {
  const settable = rule as Optimizer & { learningRate: number; setLearningRate?(rate: number): void }
  if (settable.setLearningRate) settable.setLearningRate(rate)
  else settable.learningRate = rate
}

function shrink(name: string, share: number): void {
  const variable = core.engine().registeredVariables[name]
  variable?.assign(core.mul(variable, share))
}
