import type { Params } from '../../core/params.ts'
import type { RandomStream } from '../../core/random.ts'
import type { Space } from '../../search-space/space.ts'
import type { Taken } from '../proposed.ts'
import type { Evaluations } from './evaluations.ts'
import { type Axis, groupAxes } from './groups.ts'
import { Parzen } from './parzen.ts'
import { split } from './split.ts'

/** Axes that are active together, with the densities of good and of all other trials. */
interface Group {
  readonly axes: readonly Axis[]
  readonly good: Parzen
  readonly bad: Parzen
}

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
  readonly #groups: readonly Group[]
  readonly #candidates: number
  readonly #gamma: number

  constructor(space: Space, { candidates = 24, gamma = 0.1 }: TpeModelOptions = {}) {
    this.#space = space
    this.#groups = groupAxes(space).map((axes) => ({ axes, good: new Parzen(axes), bad: new Parzen(axes) }))
    this.#candidates = candidates
    this.#gamma = gamma
  }

  /**
   * The next configuration, given trials in the order of their proposal; none of those that are `taken`, none that
   * breaks a constraint. Undefined where 8 times `candidates` draws bring nothing new: draw at random then.
   */
  propose(trials: Evaluations, random: RandomStream, taken: Taken): Params | undefined {
    const { good, bad } = split(trials, this.#gamma)
    for (const group of this.#groups) {
      // A single group is active in every trial.
      const isAll = this.#groups.length === 1
      const [better, worse] = isAll ? [good, bad] : [activeIn(group, trials, good), activeIn(group, trials, bad)]
      const behind = better.length + worse.length
      group.good.fit({ trials, rows: better, behind })
      group.bad.fit({ trials, rows: worse, behind })
    }
    const point = new Float64Array(this.#space.dimensions.length).fill(0.5)
    for (let round = 0; round < ROUNDS; round++) {
      const ranked = this.#groups.map((group) => this.#rankedDraws(group, random))
      for (let rank = 0; rank < this.#candidates; rank++) {
        ranked.forEach((draws, group) => {
          for (const { index } of (this.#groups[group] as Group).axes) {
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
  #rankedDraws({ good, bad }: Group, random: RandomStream): readonly Float64Array[] {
    const draws = Array.from({ length: this.#candidates }, () => {
      const point = new Float64Array(this.#space.dimensions.length)
      good.sample(random, point)
      return { point, gain: good.logDensity(point) - bad.logDensity(point) }
    })
    return draws.sort((a, b) => b.gain - a.gain).map(({ point }) => point)
  }
}

/** Those of the rows in which a group is active. */
function activeIn({ axes: [axis] }: Group, { points, width }: Evaluations, rows: Uint32Array): Uint32Array {
  const index = axis?.index ?? 0
  return rows.filter((row) => !Number.isNaN(points[row * width + index]))
}
