import { drawNew } from '../draw-new.ts'
import { checkOptions, numberAbove, wholeNumber } from '../options.ts'
import { Proposed } from '../proposed.ts'
import { noResult, standingOf } from '../standing.ts'
import type { History, Observation, Suggestion, Tuner, TunerContext, TunerJson, TunerSpec } from '../tuner.ts'
import { Evaluations } from './evaluations.ts'
import { TpeModel } from './model.ts'
import { countFinished } from './split.ts'

export interface TpeOptions {
  /** How many trials at most. Default 100. */
  readonly trials?: number
  /** Random trials until so many have finished, failures not counted. Default 10. */
  readonly startup?: number
  /** Draws from the good density a proposal, of which the best is taken. Default 24. */
  readonly candidates?: number
  /** The share of finished trials that count as good, 25 at most. Default 0.1. */
  readonly gamma?: number
}

/**
 * The multivariate tree-structured Parzen estimator, in the form and with the numbers of Optuna 5 (see
 * {@link TpeModel}), parameters under the same conditions modelled together. Pruned trials rank behind complete ones,
 * the further they got the better; pending ones count as bad (Optuna's constant liar). Different from Optuna: failed
 * trials count as bad rather than not at all, kernels may get narrower where there are few good trials, and what was
 * proposed is not proposed again. Throws `tuner/bad-option`.
 */
export function tpe(options: TpeOptions = {}): TunerSpec {
  const rules = {
    trials: wholeNumber(1),
    startup: wholeNumber(1),
    candidates: wholeNumber(1),
    gamma: numberAbove(0, 0.5),
  }
  const json = { name: 'tpe', options: checkOptions('tpe', options, rules) }
  return { ...json, create: (context) => new Tpe(json, context, options) }
}

class Tpe implements Tuner {
  readonly name = 'tpe'
  readonly capabilities = { adaptive: true, budgets: false, finite: false }
  readonly #json: TunerJson
  readonly #context: TunerContext
  readonly #most: number
  readonly #startup: number
  readonly #model: TpeModel
  readonly #proposed: Proposed
  /** What the model sees of each trial, kept as long as the trial's record is the same. */
  readonly #trials: Evaluations
  readonly #seen: Observation[] = []

  constructor(json: TunerJson, context: TunerContext, options: TpeOptions) {
    this.#json = json
    this.#context = context
    this.#most = options.trials ?? 100
    this.#startup = options.startup ?? 10
    this.#model = new TpeModel(context.space, options)
    this.#proposed = new Proposed(context.space)
    this.#trials = new Evaluations(context.space.dimensions.length)
  }

  suggest(history: History, count: number): Suggestion[] {
    const { space, random, epochs } = this.#context
    this.#proposed.follow(history)
    this.#read(history)
    const finished = countFinished(this.#trials, this.#startup)
    const suggestions = this.#proposed.batch(Math.min(this.#most, history.length + count), (number, taken) => {
      const stream = random.split(number)
      const proposal = finished < this.#startup ? undefined : this.#model.propose(this.#trials, stream, taken)
      const params = proposal ?? drawNew(space, stream, taken)
      if (params === undefined) return undefined
      this.#trials.push(space.encode(params), noResult)
      return { params, epochs }
    })
    this.#trials.truncate(history.length)
    return suggestions
  }

  /** Brings what is kept up to date: most calls bring one more trial. */
  #read(history: History): void {
    for (let i = 0; i < history.length; i++) {
      const trial = history[i] as Observation
      if (this.#seen[i] === trial) continue
      this.#seen[i] = trial
      this.#trials.set(i, this.#context.space.encode(trial.params), standingOf(trial))
    }
    this.#seen.length = history.length
    this.#trials.truncate(history.length)
  }

  exhausted(history: History): boolean {
    return history.length < this.#most && this.suggest(history, 1).length === 0
  }

  toJSON(): TunerJson {
    return this.#json
  }
}
