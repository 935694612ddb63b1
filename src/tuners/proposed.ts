import type { Params } from '../core/params.ts'
import type { Space } from '../search-space/space.ts'
import type { History } from './tuner.ts'

/**
 * The configurations of a history, whatever became of them: what a tuner must not propose again. A cache that is
 * brought up to date with `follow`, at the price of what is new.
 */
export class Proposed {
  readonly #space: Space
  readonly #trials: Params[] = []
  readonly #keys = new Set<string>()

  constructor(space: Space) {
    this.#space = space
  }

  /** Takes over a history; false if it is not a longer form of the last one, so that all else derived must go. */
  follow(history: History): boolean {
    const extended = this.#isPrefixOf(history)
    if (!extended) {
      this.#trials.length = 0
      this.#keys.clear()
    }
    for (let i = this.#trials.length; i < history.length; i++) {
      const params = history[i]?.params as Params
      this.#trials.push(params)
      this.#keys.add(this.#space.key(params))
    }
    return extended
  }

  has(params: Params): boolean {
    return this.#keys.has(this.#space.key(params))
  }

  #isPrefixOf(history: History): boolean {
    if (history.length < this.#trials.length) return false
    for (let i = 0; i < this.#trials.length; i++) {
      const before = this.#trials[i] as Params
      const now = history[i]?.params as Params
      if (before === now) continue
      if (this.#space.key(before) !== this.#space.key(now)) return false
      this.#trials[i] = now
    }
    return true
  }
}
