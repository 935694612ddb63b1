import { drawNew } from './draw-new.ts'
import { checkOptions, wholeNumber } from './options.ts'
import { Proposed } from './proposed.ts'
import type { History, Suggestion, Tuner, TunerContext, TunerJson, TunerSpec } from './tuner.ts'

export interface RandomSearchOptions {
  /** How many trials at most. Default 100. */
  readonly trials?: number
}

/**
 * Independent uniform draws on the scales of the parameters (Bergstra and Bengio, "Random Search for Hyper-Parameter
 * Optimization", 2012), never the same configuration twice: it ends early once a finite space is exhausted.
 * Throws `tuner/bad-option`.
 */
export function randomSearch(options: RandomSearchOptions = {}): TunerSpec {
  const json = { name: 'randomSearch', options: checkOptions('randomSearch', options, { trials: wholeNumber(1) }) }
  return { ...json, create: (context) => new RandomSearch(json, context, options) }
}

class RandomSearch implements Tuner {
  readonly name = 'randomSearch'
  readonly capabilities = { adaptive: false, budgets: false, finite: false }
  readonly #json: TunerJson
  readonly #context: TunerContext
  readonly #trials: number
  readonly #proposed: Proposed

  constructor(json: TunerJson, context: TunerContext, { trials = 100 }: RandomSearchOptions) {
    this.#json = json
    this.#context = context
    this.#trials = trials
    this.#proposed = new Proposed(context.space)
  }

  suggest(history: History, count: number): Suggestion[] {
    const { space, random, epochs } = this.#context
    this.#proposed.follow(history)
    return this.#proposed.batch(Math.min(this.#trials, history.length + count), (number, taken) => {
      const params = drawNew(space, random.split(number), taken)
      return params && { params, epochs }
    })
  }

  exhausted(history: History): boolean {
    return history.length < this.#trials && this.suggest(history, 1).length === 0
  }

  toJSON(): TunerJson {
    return this.#json
  }
}
