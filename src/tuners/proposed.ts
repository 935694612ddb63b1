import type { Params } from '../core/params.ts'
import type { Space } from '../search-space/space.ts'
import type { History, Suggestion } from './tuner.ts'

/** Whether a configuration must not be proposed again. */
export type Taken = (params: Params) => boolean

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

  /**
   * Suggestions for the trials after the history up to `end`, exclusive, one `draw` for each. A draw is told what is taken
   * by the history and by the batch so far; the batch ends early where it finds nothing.
   */
  batch(end: number, draw: (number: number, taken: Taken) => Suggestion | undefined): Suggestion[] {
    const suggestions: Suggestion[] = []
    const keys = new Set<string>()
    const taken: Taken = (params) => {
      const key = this.#space.key(params)
      return this.#keys.has(key) || keys.has(key)
    }
    for (let number = this.#trials.length; number < end; number++) {
      const suggestion = draw(number, taken)
      if (suggestion === undefined) break
      keys.add(this.#space.key(suggestion.params))
      suggestions.push(suggestion)
    }
    return suggestions
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
