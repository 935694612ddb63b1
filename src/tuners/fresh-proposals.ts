import type { Params } from '../core/params.ts'
import type { RandomStream } from '../core/random.ts'
import { drawNew } from './draw-new.ts'
import { Proposed } from './proposed.ts'
import type { History, TunerContext } from './tuner.ts'

/** The configuration of a new trial, by its number; undefined once the space is used up. */
export type Propose = (number: number) => Params | undefined

/** What a rule of its own may look at: what has been proposed in the same call, and whether something ever has been. */
export interface Circumstances {
  readonly history: History
  readonly batch: readonly Params[]
  readonly random: RandomStream
  readonly taken: (params: Params) => boolean
}

/**
 * Configurations for tuners whose concern is budgets, each a new one: by a rule of their own where it has an answer,
 * else drawn uniformly.
 */
export class FreshProposals {
  readonly #context: TunerContext
  readonly #proposed: Proposed
  readonly #rule: (circumstances: Circumstances) => Params | undefined

  constructor(context: TunerContext, rule: (circumstances: Circumstances) => Params | undefined = () => undefined) {
    this.#context = context
    this.#proposed = new Proposed(context.space)
    this.#rule = rule
  }

  /** For one call of `suggest`: what it proposes is taken from then on. */
  after(history: History): Propose {
    const { space } = this.#context
    this.#proposed.follow(history)
    const keys = new Set<string>()
    const batch: Params[] = []
    const taken = (params: Params) => this.#proposed.has(params) || (keys.size > 0 && keys.has(space.key(params)))
    return (number) => {
      const random = this.#context.random.split(number)
      const params = this.#rule({ history, batch, random, taken }) ?? drawNew(space, random, taken)
      if (params === undefined) return undefined
      keys.add(space.key(params))
      batch.push(params)
      return params
    }
  }
}
