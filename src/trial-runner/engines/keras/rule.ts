import type { Tensor, Variable } from '@tensorflow/tfjs-core'
import { core } from '../tfjs/tfjs.ts'
import { type Gradients, named } from './gradients.ts'

/** A slot of a weight, as tfjs's optimizers hold theirs. */
export interface Slot {
  readonly originalName: string
  readonly variable: Variable
}

/** A rule of learning that tfjs lacks: moves one weight at a time. */
export abstract class Rule extends core.Optimizer {
  learningRate: number

  constructor(learningRate: number) {
    super()
    this.learningRate = learningRate
  }

  override applyGradients(gradients: Gradients): void {
    for (const [i, { name, tensor }] of named(gradients).entries()) {
      const weight = core.engine().registeredVariables[name]
      if (weight && tensor) core.tidy(() => this.learn(weight, tensor, i))
    }
    this.incrementIterations()
  }

  /** Moves `weight`, number `i` of the model, against its gradient. Runs in a tidy. */
  protected abstract learn(weight: Variable, gradient: Tensor, i: number): void

  /** The slot of a weight, made with zeros at its first step. */
  protected slot(slots: Slot[], name: string, weight: Variable, i: number): Variable {
    slots[i] ??= {
      originalName: `${weight.name}/${name}`,
      variable: core.variable(core.zerosLike(weight), false) as Variable,
    }
    return slots[i].variable
  }
}
