import type { Params } from '../core/params.ts'
import type { Space } from '../search-space/space.ts'
import { Proposed } from './proposed.ts'
import type { History } from './tuner.ts'

/**
 * A fixed sequence of configurations, of which those are next that a history does not hold yet. What is next depends on
 * the history alone; that the walk remembers how far it came only saves starting over.
 */
export class Walk {
  readonly #start: () => Iterator<Params, undefined>
  readonly #proposed: Proposed
  #source: Iterator<Params, undefined>
  /** Taken from the source and not in the history. */
  #ahead: Params[] = []

  /** `start` begins the sequence, which must not repeat itself. */
  constructor(space: Space, start: () => Iterator<Params, undefined>) {
    this.#start = start
    this.#source = start()
    this.#proposed = new Proposed(space)
  }

  /** The next `count` configurations, fewer at the end of the sequence. */
  next(history: History, count: number): readonly Params[] {
    if (!this.#proposed.follow(history)) {
      this.#source = this.#start()
      this.#ahead = []
    }
    const isNew = (params: Params) => !this.#proposed.has(params)
    this.#ahead = this.#ahead.filter(isNew)
    while (this.#ahead.length < count) {
      const { value } = this.#source.next()
      if (value === undefined) break
      if (isNew(value)) this.#ahead.push(value)
    }
    return this.#ahead.slice(0, count)
  }
}
