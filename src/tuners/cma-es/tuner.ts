import type { Params } from '../../core/params.ts'
import type { RandomStream } from '../../core/random.ts'
import type { Space } from '../../search-space/space.ts'
import { drawNew } from '../draw-new.ts'
import { checkOptions, numberAbove, wholeNumber } from '../options.ts'
import { Proposed, type Taken } from '../proposed.ts'
import type { History, Suggestion, Tuner, TunerContext, TunerJson, TunerSpec } from '../tuner.ts'
import { type Distribution, pointAt } from './distribution.ts'
import { Generations } from './generations.ts'
import { leaveStuckLevels } from './margin.ts'
import { defaultPopulation, type Strategy, strategyFor } from './strategy.ts'

export interface CmaEsOptions {
  /** How many trials at most. Default 100. */
  readonly trials?: number
  /** The first step size, as a part of each parameter's range on its scale. Default 1/6. */
  readonly sigma0?: number
  /** Trials a generation. Default 4 + 1.5 ln(n) for n numbers, rounded down. */
  readonly popsize?: number
}

/** Draws that may leave the cube before they are mirrored at its bounds, and so many more until all is given up. */
const REDRAWS = 100

/**
 * The (mu/mu_w, lambda)-CMA-ES with active covariance update: Hansen, "The CMA Evolution Strategy: A Tutorial", 2016.
 * It searches the numbers and ordered choices that are always active, on their scales; categories and parameters under
 * conditions are drawn at random. Ordered levels keep a margin (Hamano et al., "CMA-ES with Margin", 2022). It starts
 * from the middle of the space, or from the best trial of `tryFirst`. Failed trials rank last, pruned ones before them.
 * Throws `tuner/bad-option`.
 */
export function cmaEs(options: CmaEsOptions = {}): TunerSpec {
  const rules = { trials: wholeNumber(1), sigma0: numberAbove(0, 1), popsize: wholeNumber(4) }
  const json = { name: 'cmaEs', options: checkOptions('cmaEs', options, rules) }
  return { ...json, create: (context) => new CmaEs(json, context, options) }
}

class CmaEs implements Tuner {
  readonly name = 'cmaEs'
  readonly capabilities = { adaptive: true, budgets: false, finite: false }
  readonly #json: TunerJson
  readonly #context: TunerContext
  readonly #trials: number
  readonly #proposed: Proposed
  /** The dimensions that take part. */
  readonly #axes: readonly number[]
  readonly #strategy: Strategy
  readonly #generations: Generations

  constructor(json: TunerJson, context: TunerContext, options: CmaEsOptions) {
    const { space } = context
    this.#json = json
    this.#context = context
    this.#trials = options.trials ?? 100
    this.#proposed = new Proposed(space)
    this.#axes = alwaysActiveNumbers(space)
    const size = Math.max(1, this.#axes.length)
    this.#strategy = strategyFor(size, options.popsize ?? defaultPopulation(size))
    this.#generations = new Generations(space, this.#axes, this.#strategy, options.sigma0 ?? 1 / 6)
  }

  suggest(history: History, count: number): Suggestion[] {
    const { space, random, epochs } = this.#context
    this.#proposed.follow(history)
    const { distribution, note } = this.#generations.current(history)
    return this.#proposed.batch(Math.min(this.#trials, history.length + count), (number, taken) => {
      const stream = random.split(number)
      const drawn = this.#draw(distribution, stream, taken)
      if (drawn !== undefined) return { params: drawn, epochs, note: { ...note } }
      // Where the strategy finds nothing new, others are tried; they say nothing about its distribution.
      const params = drawNew(space, stream, taken)
      return params && { params, epochs }
    })
  }

  #draw(distribution: Distribution, random: RandomStream, taken: Taken): Params | undefined {
    const { space } = this.#context
    if (this.#axes.length === 0) return undefined
    const point = new Float64Array(space.dimensions.length)
    const z = new Float64Array(this.#axes.length)
    for (let attempt = 0; attempt < 2 * REDRAWS; attempt++) {
      for (let i = 0; i < point.length; i++) point[i] = random.next()
      for (let i = 0; i < z.length; i++) z[i] = random.normal()
      const drawn = pointAt(distribution, z)
      if (attempt < REDRAWS && drawn.some((x) => x < 0 || x > 1)) continue
      this.#axes.forEach((axis, i) => {
        point[axis] = mirrored(drawn[i] as number)
      })
      leaveStuckLevels(point, space, this.#axes, distribution, this.#strategy.population, random)
      const params = space.decode(point)
      if (!taken(params) && space.allows(params)) return params
    }
    return undefined
  }

  exhausted(history: History): boolean {
    return history.length < this.#trials && this.suggest(history, 1).length === 0
  }

  toJSON(): TunerJson {
    return this.#json
  }
}

function alwaysActiveNumbers(space: Space): readonly number[] {
  return space.dimensions.flatMap(({ kind, levels, name, parameter }, index) => {
    const spec = space.parameter(parameter)
    const isItem = spec.kind === 'list' && !name.endsWith('.length')
    return kind === 'categorical' || levels === 1 || spec.when !== undefined || isItem ? [] : [index]
  })
}

/** Into [0, 1] by reflection at the bounds, as often as it takes. */
function mirrored(x: number): number {
  const folded = Math.abs(x) % 2
  return folded > 1 ? 2 - folded : folded
}
