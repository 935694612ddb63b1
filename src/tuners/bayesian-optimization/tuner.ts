import type { Params } from '../../core/params.ts'
import { drawNew } from '../draw-new.ts'
import { checkOptions, wholeNumber } from '../options.ts'
import { Proposed } from '../proposed.ts'
import type { History, Suggestion, Tuner, TunerContext, TunerJson, TunerSpec } from '../tuner.ts'
import { Encoding } from './encoding.ts'
import { latinHypercubePoint } from './latin-hypercube.ts'
import { Surrogate } from './surrogate.ts'

export interface BayesianOptimizationOptions {
  /** How many trials at most. Default 100. */
  readonly trials?: number
  /** How many trials come from a Latin hypercube before the model proposes. Default 8. */
  readonly startup?: number
}

/**
 * Bayesian optimization (Jones, Schonlau and Welch, "Efficient global optimization of expensive black-box functions",
 * 1998): a Gaussian process with a Matern 5/2 kernel, one length scale for each dimension, is fitted to the results by
 * marginal likelihood and priors; the next trial is where the logarithm of the expected improvement is largest (Ament
 * et al., 2023). Noise is part of the model; pending trials count as if they turned out as predicted (Ginsbourger et
 * al., "Kriging is well-suited to parallelize optimization", 2010), failed ones as the worst so far, pruned ones with
 * their last value. No configuration is proposed twice: a finite space may be exhausted before `trials`.
 * Throws `tuner/bad-option`.
 */
export function bayesianOptimization(options: BayesianOptimizationOptions = {}): TunerSpec {
  const rules = { trials: wholeNumber(1), startup: wholeNumber(1) }
  const json = { name: 'bayesianOptimization', options: checkOptions('bayesianOptimization', options, rules) }
  return { ...json, create: (context) => new BayesianOptimization(json, context, options) }
}

class BayesianOptimization implements Tuner {
  readonly name = 'bayesianOptimization'
  readonly capabilities = { adaptive: true, budgets: false, finite: false }
  readonly #json: TunerJson
  readonly #context: TunerContext
  readonly #trials: number
  readonly #startup: number
  readonly #proposed: Proposed
  readonly #surrogate: Surrogate

  constructor(json: TunerJson, context: TunerContext, { trials = 100, startup = 8 }: BayesianOptimizationOptions) {
    this.#json = json
    this.#context = context
    this.#trials = trials
    this.#startup = startup
    this.#proposed = new Proposed(context.space)
    this.#surrogate = new Surrogate(new Encoding(context.space))
  }

  suggest(history: History, count: number): Suggestion[] {
    const { space, epochs } = this.#context
    this.#proposed.follow(history)
    const batch = new Set<string>()
    const taken = (params: Params) => this.#proposed.has(params) || (batch.size > 0 && batch.has(space.key(params)))
    const suggestions: Suggestion[] = []
    const end = Math.min(this.#trials, history.length + count)
    const modelled = end > Math.max(history.length, this.#startup) && this.#surrogate.observe(history)
    for (let number = history.length; number < end; number++) {
      const params = this.#propose(number, modelled, taken)
      if (params === undefined) break
      batch.add(space.key(params))
      if (modelled) this.#surrogate.believe(params)
      suggestions.push({ params, epochs })
    }
    return suggestions
  }

  exhausted(history: History): boolean {
    return history.length < this.#trials && this.suggest(history, 1).length === 0
  }

  toJSON(): TunerJson {
    return this.#json
  }

  #propose(number: number, modelled: boolean, taken: (params: Params) => boolean): Params | undefined {
    const { space, random } = this.#context
    const own = random.split(number)
    const wanted = number < this.#startup ? [this.#design(number)] : modelled ? this.#surrogate.proposals(own) : []
    for (const params of wanted) if (space.allows(params) && !taken(params)) return params
    return drawNew(space, own.split('anything new'), taken)
  }

  #design(number: number): Params {
    const { space, random } = this.#context
    return space.decode(latinHypercubePoint(number, this.#startup, space.dimensions.length, random.split('startup')))
  }
}
