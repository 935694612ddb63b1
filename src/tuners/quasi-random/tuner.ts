import type { Params } from '../../core/params.ts'
import { drawNew } from '../draw-new.ts'
import { checkOptions, wholeNumber } from '../options.ts'
import { Proposed } from '../proposed.ts'
import type { History, Suggestion, Tuner, TunerContext, TunerJson, TunerSpec } from '../tuner.ts'
import { Walk } from '../walk.ts'
import { Sobol, sobolDimensions } from './sobol.ts'

export interface QuasiRandomOptions {
  /** How many trials at most; powers of two are spread most evenly. Default 100. */
  readonly trials?: number
}

/** The sequence has nothing more to offer when so many points in a row are known or break a constraint. */
const IN_VAIN = 1000

/**
 * Points of a scrambled Sobol sequence (see {@link Sobol}) over all parameters on their scales: as good as random search
 * anywhere, with fewer gaps and clusters. Where it only meets configurations that it has given before, and in dimensions
 * beyond the 128th, it draws at random. Throws `tuner/bad-option`.
 */
export function quasiRandom(options: QuasiRandomOptions = {}): TunerSpec {
  const json = { name: 'quasiRandom', options: checkOptions('quasiRandom', options, { trials: wholeNumber(1) }) }
  return { ...json, create: (context) => new QuasiRandom(json, context, options) }
}

class QuasiRandom implements Tuner {
  readonly name = 'quasiRandom'
  readonly capabilities = { adaptive: false, budgets: false, finite: false }
  readonly #json: TunerJson
  readonly #context: TunerContext
  readonly #trials: number
  readonly #walk: Walk
  readonly #proposed: Proposed

  constructor(json: TunerJson, context: TunerContext, { trials = 100 }: QuasiRandomOptions) {
    this.#json = json
    this.#context = context
    this.#trials = trials
    this.#walk = new Walk(context.space, () => sobolConfigurations(context))
    this.#proposed = new Proposed(context.space)
  }

  suggest(history: History, count: number): Suggestion[] {
    const { space, random, epochs } = this.#context
    const end = Math.min(this.#trials, history.length + count)
    const points = this.#walk.next(history, Math.max(0, end - history.length))
    this.#proposed.follow(history)
    return this.#proposed.batch(end, (number, taken) => {
      const params = points[number - history.length] ?? drawNew(space, random.split(number), taken)
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

/** The configurations on the sequence, each once. */
function* sobolConfigurations({ space, random }: TunerContext): Generator<Params, undefined> {
  const size = space.dimensions.length
  const sobol = new Sobol(Math.min(size, sobolDimensions), random.split('scramble'))
  const point = new Float64Array(size)
  const given = new Set<string>()
  for (let index = 0, inVain = 0; inVain < IN_VAIN; index++) {
    sobol.point(index, point)
    if (size > sobolDimensions) {
      const rest = random.split('rest', index)
      for (let i = sobolDimensions; i < size; i++) point[i] = rest.next()
    }
    const params = space.decode(point)
    const key = space.key(params)
    inVain++
    if (given.has(key) || !space.allows(params)) continue
    given.add(key)
    inVain = 0
    yield params
  }
}
