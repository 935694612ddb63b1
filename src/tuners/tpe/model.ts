import type { Params } from '../../core/params.ts'
import type { RandomStream } from '../../core/random.ts'
import type { Space } from '../../search-space/space.ts'
import type { Taken } from '../proposed.ts'
import { type Axis, groupAxes } from './groups.ts'
import { Parzen } from './parzen.ts'
import { type Evaluated, split } from './split.ts'

export interface TpeModelOptions {
  /** Draws from the good density, of which the best is taken. Default 24. */
  readonly candidates?: number
  /** The share of trials that count as good, 25 at most. Default 0.1. */
  readonly gamma?: number
}

/** Fresh candidates so often, when all so far were known or broke a constraint. */
const ROUNDS = 8

/**
 * TPE's proposal model: the density l of good trials, the density g of all others, and the draw from l where l / g is
 * largest. Groups of parameters that are active together are modelled jointly, different groups independently.
 * Bergstra et al., "Algorithms for Hyper-Parameter Optimization", 2011; Falkner et al., "BOHB", 2018, for the joint
 * kernels; Watanabe, "Tree-Structured Parzen Estimator: Understanding Its Algorithm Components", 2023.
 */
export class TpeModel {
  readonly #space: Space
  readonly #groups: readonly (readonly Axis[])[]
  readonly #candidates: number
  readonly #gamma: number

  constructor(space: Space, { candidates = 24, gamma = 0.1 }: TpeModelOptions = {}) {
    this.#space = space
    this.#groups = groupAxes(space)
    this.#candidates = candidates
    this.#gamma = gamma
  }

  /**
   * The next configuration, given trials in the order of their proposal; none of those that are `taken`, none that
   * breaks a constraint. Undefined where 8 times `candidates` draws bring nothing new: draw at random then.
   */
  propose(trials: readonly Evaluated[], random: RandomStream, taken: Taken): Params | undefined {
    const { good, bad } = split(trials, this.#gamma)
    const densities = this.#groups.map((axes) => {
      // A single group is active in every trial.
      const all = this.#groups.length === 1
      const points = all ? { good, bad } : { good: activeIn(good, axes), bad: activeIn(bad, axes) }
      const total = points.good.length + points.bad.length
      return { good: new Parzen(axes, points.good, total), bad: new Parzen(axes, points.bad, total) }
    })
    const point = new Float64Array(this.#space.dimensions.length).fill(0.5)
    for (let round = 0; round < ROUNDS; round++) {
      const ranked = densities.map(({ good, bad }) => this.#rankedDraws(good, bad, random))
      for (let rank = 0; rank < this.#candidates; rank++) {
        ranked.forEach((draws, group) => {
          for (const { index } of this.#groups[group] as readonly Axis[]) {
            point[index] = (draws[rank] as Float64Array)[index] as number
          }
        })
        const params = this.#space.decode(point)
        if (!taken(params) && this.#space.allows(params)) return params
      }
    }
    return undefined
  }

  /** Draws from the good density, the largest ratio first. */
  #rankedDraws(good: Parzen, bad: Parzen, random: RandomStream): readonly Float64Array[] {
    const draws = Array.from({ length: this.#candidates }, () => {
      const point = new Float64Array(this.#space.dimensions.length)
      good.sample(random, point)
      return { point, gain: good.logDensity(point) - bad.logDensity(point) }
    })
    return draws.sort((a, b) => b.gain - a.gain).map(({ point }) => point)
  }
}

function activeIn(points: readonly Float64Array[], [axis]: readonly Axis[]): readonly Float64Array[] {
  const index = axis?.index ?? 0
  return points.filter((point) => !Number.isNaN(point[index]))
}
