import type { Params } from '../core/params.ts'
import { drawNew } from './draw-new.ts'
import { Proposed } from './proposed.ts'
import type { History, TunerContext } from './tuner.ts'

/** The configuration of a new trial, by its number; undefined once the space is used up. */
export type Propose = (number: number) => Params | undefined

/** Configurations drawn uniformly, each new: for tuners that decide about budgets only. */
export class UniformProposals {
  readonly #context: TunerContext
  readonly #proposed: Proposed

  constructor(context: TunerContext) {
    this.#context = context
    this.#proposed = new Proposed(context.space)
  }

  /** For one call of `suggest`: what it draws is taken, too. */
  after(history: History): Propose {
    const { space, random } = this.#context
    this.#proposed.follow(history)
    const batch = new Set<string>()
    const taken = (params: Params) => this.#proposed.has(params) || (batch.size > 0 && batch.has(space.key(params)))
    return (number) => {
      const params = drawNew(space, random.split(number), taken)
      if (params !== undefined) batch.add(space.key(params))
      return params
    }
  }
}
