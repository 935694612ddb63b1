import type { RandomStream } from '../../core/random.ts'
import { expMinus } from './exp.ts'
import type { Axis } from './groups.ts'
import { Kernels, type Observed } from './kernels.ts'
import { categoryMasses, LevelMasses, type Masses } from './level-masses.ts'

/** A kernel so far (in logarithms) below the largest is left out: a thousand of them are 1e-7 of the density. */
const NEGLIGIBLE = 23

/**
 * A Parzen estimator over a group of axes of the unit cube: a mixture of products of truncated normals (over bins, for
 * discrete axes) and smoothed categories, one for each observation, and a broad prior of weight 1. The last 25
 * observations weigh 1, earlier ones linearly less. The numbers are those of Optuna 5's multivariate TPE but for the
 * least bandwidth (see {@link Kernels}).
 */
export class Parzen {
  readonly #kernels: Kernels
  readonly #continuous: readonly Axis[]
  readonly #levels: readonly LevelMasses[]
  /** Reused from density to density: the continuous coordinates, in pairs, and the logarithms of the terms that matter. */
  readonly #x: Float64Array
  #terms = new Float64Array(0)

  constructor(axes: readonly Axis[]) {
    const kernels = new Kernels(axes)
    this.#kernels = kernels
    this.#continuous = axes.filter(({ kind }) => kind === 'continuous')
    this.#levels = axes.flatMap((axis) => (axis.kind === 'continuous' ? [] : new LevelMasses(kernels, axis)))
    this.#x = new Float64Array(2 * Math.ceil(this.#continuous.length / 2))
  }

  fit(observed: Observed): this {
    this.#kernels.fit(observed)
    for (const levels of this.#levels) levels.clear()
    if (this.#terms.length < this.#kernels.count) this.#terms = new Float64Array(2 * this.#kernels.count)
    return this
  }

  /** Writes the group's coordinates of a draw into `point`; levels sit in the middle of their bins. */
  sample(random: RandomStream, point: Float64Array): void {
    const { values, stride, offsets } = this.#kernels
    const row = this.#drawKernel(random) * stride
    for (const [{ dimension, index, kind }, offset] of offsets) {
      const at = row + offset
      const centre = values[at] as number
      if (kind === 'categorical') {
        point[index] = (this.#drawLevel(random, centre, dimension.levels) + 0.5) / dimension.levels
        continue
      }
      const unit = truncatedNormal(random, centre, 1 / (values[at + 1] as number))
      point[index] = dimension.kind === 'discrete' ? dimension.toUnit(dimension.fromUnit(unit)) : unit
    }
  }

  #drawKernel(random: RandomStream): number {
    const { weights, count } = this.#kernels
    const target = random.next() * (weights[count - 1] as number)
    let kernel = 0
    while (kernel < count - 1 && (weights[kernel] as number) <= target) kernel++
    return kernel
  }

  #drawLevel(random: RandomStream, own: number, levels: number): number {
    if (own === levels) return random.integer(levels)
    const { hit, miss } = categoryMasses(levels, this.#kernels.count)
    return random.next() < hit - miss ? own : random.integer(levels)
  }

  /**
   * The logarithm of the density times sqrt(2 pi) for each continuous axis; discrete axes and categories count with the
   * mass of the level.
   */
  logDensity(point: Float64Array): number {
    const count = this.#findTerms(point)
    const terms = this.#terms
    let most = Number.NEGATIVE_INFINITY
    for (let i = 0; i < count; i++) if ((terms[i] as number) > most) most = terms[i] as number
    let sum = 0
    for (let i = 0; i < count; i++) {
      const below = most - (terms[i] as number)
      if (below < NEGLIGIBLE) sum += expMinus(below)
    }
    return most + Math.log(sum)
  }

  /** Writes the logarithms of the terms that may matter, and returns how many they are. */
  #findTerms(point: Float64Array): number {
    const { values, logScales, stride } = this.#kernels
    const terms = this.#terms
    const x = this.#x
    this.#continuous.forEach(({ index }, a) => {
      x[a] = point[index] as number
    })
    const masses = this.#levels.map((levels) => levels.at(point[levels.axis.index] as number))
    const known = masses.map((mass) => mass.known)
    let least = Number.NEGATIVE_INFINITY
    let count = 0
    // From the prior backwards: it sets a bar, and the latest trials are the likeliest to raise it.
    kernels: for (let k = this.#kernels.count - 1; k >= 0; k--) {
      let term = logScales[k] as number
      for (let a = 0, at = k * stride; a < x.length; a += 2, at += 4) {
        const z = ((x[a] as number) - (values[at] as number)) * (values[at + 1] as number)
        const y = ((x[a + 1] as number) - (values[at + 2] as number)) * (values[at + 3] as number)
        term -= 0.5 * (z * z + y * y)
        if (term <= least) continue kernels
      }
      for (let i = 0; i < known.length; i++) {
        const mass = (known[i] as Float64Array)[k] as number
        term += Number.isNaN(mass) ? (masses[i] as Masses).find(k) : mass
        if (term <= least) continue kernels
      }
      terms[count++] = term
      if (term - NEGLIGIBLE > least) least = term - NEGLIGIBLE
    }
    return count
  }
}

/** At least a third of the draws falls into [0, 1], whatever the centre in it and the width up to 1. */
function truncatedNormal(random: RandomStream, centre: number, width: number): number {
  for (;;) {
    const x = centre + width * random.normal()
    if (x >= 0 && x <= 1) return x
  }
}
