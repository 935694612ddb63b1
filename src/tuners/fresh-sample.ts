import type { Params } from '../core/params.ts'
import type { RandomStream } from '../core/random.ts'
import { countConfigurations } from '../search-space/count.ts'
import type { Space } from '../search-space/space.ts'
import type { History } from './tuner.ts'

/** How many draws in a row may hit configurations already taken before a space counts as used up. */
const REDRAWS = 10_000

/** Draws uniformly, never what was drawn or evaluated before. */
export class FreshSampler {
  readonly #space: Space
  readonly #count: number

  constructor(space: Space) {
    this.#space = space
    this.#count = countConfigurations(space)
  }

  /** The keys of what is taken; empty where a repetition cannot happen. */
  taken(history: History): Set<string> {
    if (this.#count === Number.POSITIVE_INFINITY) return new Set()
    return new Set(history.map(({ params }) => this.#space.key(params)))
  }

  /** A configuration whose key is not in `taken`, which gets it; undefined when there is none left. */
  draw(random: RandomStream, taken: Set<string>): Params | undefined {
    if (this.#count === Number.POSITIVE_INFINITY) return this.#space.sample(random)
    if (taken.size >= this.#count) return undefined
    for (let draw = 0; draw < REDRAWS; draw++) {
      const params = this.#space.sample(random)
      const key = this.#space.key(params)
      if (taken.has(key)) continue
      taken.add(key)
      return params
    }
    return undefined
  }
}
