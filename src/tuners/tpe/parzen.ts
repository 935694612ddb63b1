import type { RandomStream } from '../../core/random.ts'
import type { Dimension } from '../../search-space/dimension.ts'
import { categoryMasses, type Factor, factorOf } from './factor.ts'
import type { Axis } from './groups.ts'
import { multiplyByMass, normalCdf } from './normal-cdf.ts'

/** A kernel so far (in logarithms) below the prior is left out: a thousand of them are 2e-6 of the density. */
const NEGLIGIBLE = -20

/**
 * A Parzen estimator over a group of axes of the unit cube: a mixture of products of truncated normals (over bins, for
 * discrete axes) and smoothed categories, one for each observation, and a broad prior of weight 1. The last 25
 * observations weigh 1, earlier ones linearly less. The numbers are those of Optuna 5's multivariate TPE but for the
 * least bandwidth (see {@link factorOf}).
 */
export class Parzen {
  readonly #factors: readonly Factor[]
  readonly #continuous: readonly Factor[]
  /** Centre and precision of the continuous factors, kernel by kernel: most kernels are left after the first pair. */
  readonly #pairs: Float64Array
  readonly #kernels: number
  /** Cumulative weights, for drawing. */
  readonly #cumulative: Float64Array
  /** Logarithm of a kernel's weight and of what normalizes its factors. */
  readonly #constant: Float64Array
  /** Reused from density to density: the kernels that matter, the logarithms of their terms, then their shares. */
  readonly #selected: Uint32Array
  readonly #contributions: Float64Array

  /** `points` of the cube, in the order in which they were proposed, of all `trials` with these axes. */
  constructor(axes: readonly Axis[], points: readonly Float64Array[], trials: number) {
    const kernels = points.length + 1
    this.#kernels = kernels
    this.#selected = new Uint32Array(kernels)
    this.#contributions = new Float64Array(kernels)
    this.#constant = new Float64Array(kernels)
    this.#cumulative = new Float64Array(kernels)
    for (let k = 0, sum = 0; k < kernels; k++) {
      const weight = mixtureWeight(k, points.length)
      sum += weight
      this.#cumulative[k] = sum
      this.#constant[k] = Math.log(weight)
    }
    const total = Math.log(this.#cumulative[kernels - 1] as number)
    for (let k = 0; k < kernels; k++) this.#constant[k] = (this.#constant[k] as number) - total
    this.#factors = axes.map((axis) => factorOf(axis, points, trials))
    for (const factor of this.#factors) if (factor.axis.kind !== 'categorical') normalize(this.#constant, factor)
    this.#continuous = this.#factors.filter(({ axis }) => axis.kind === 'continuous')
    this.#pairs = interleave(this.#continuous, kernels)
  }

  /** Writes the group's coordinates of a draw into `point`; levels sit in the middle of their bins. */
  sample(random: RandomStream, point: Float64Array): void {
    const kernel = this.#drawKernel(random)
    for (const { axis, centre, precision } of this.#factors) {
      const { dimension, index } = axis
      if (axis.kind === 'categorical') {
        const level = this.#drawLevel(random, centre[kernel] as number, dimension.levels)
        point[index] = (level + 0.5) / dimension.levels
        continue
      }
      const unit = truncatedNormal(random, centre[kernel] as number, 1 / (precision[kernel] as number))
      point[index] = dimension.kind === 'discrete' ? dimension.toUnit(dimension.fromUnit(unit)) : unit
    }
  }

  #drawKernel(random: RandomStream): number {
    const target = random.next() * (this.#cumulative[this.#kernels - 1] as number)
    let kernel = 0
    while (kernel < this.#kernels - 1 && (this.#cumulative[kernel] as number) <= target) kernel++
    return kernel
  }

  #drawLevel(random: RandomStream, own: number, levels: number): number {
    if (own < 0) return random.integer(levels)
    const { hit, miss } = categoryMasses(levels, this.#kernels)
    return random.next() < hit - miss ? own : random.integer(levels)
  }

  /**
   * The logarithm of the density times sqrt(2 pi) for each continuous axis; discrete axes and categories count with the
   * mass of the level.
   */
  logDensity(point: Float64Array): number {
    const count = this.#select(point)
    const reference = this.#scale(count)
    for (const factor of this.#factors) {
      if (factor.axis.kind !== 'continuous') this.#multiply(factor, point[factor.axis.index] as number, count)
    }
    let sum = 0
    for (let i = 0; i < count; i++) sum += this.#contributions[i] as number
    return reference + Math.log(sum)
  }

  /**
   * Picks the kernels that matter, the prior first, and writes the logarithms of their terms, factors other than the
   * continuous ones aside; returns how many they are.
   */
  #select(point: Float64Array): number {
    const pairs = this.#pairs
    const axes = this.#continuous.length
    const x = new Float64Array(axes)
    for (let a = 0; a < axes; a++) x[a] = point[(this.#continuous[a] as Factor).axis.index] as number
    const prior = this.#kernels - 1
    const priorMass = this.#priorLogMass(point)
    let least = Number.NEGATIVE_INFINITY
    let count = 0
    // From the prior backwards, as it says what is negligible.
    for (let k = prior; k >= 0; k--) {
      let term = this.#constant[k] as number
      for (let a = 0, at = 2 * axes * k; a < axes && term > least; a++, at += 2) {
        const z = ((x[a] as number) - (pairs[at] as number)) * (pairs[at + 1] as number)
        term -= 0.5 * z * z
      }
      if (k === prior) least = term + priorMass + NEGLIGIBLE
      else if (term <= least) continue
      this.#selected[count] = k
      this.#contributions[count++] = term
    }
    return count
  }

  /** What the other factors give to the prior: the least that any point can expect. */
  #priorLogMass(point: Float64Array): number {
    let sum = 0
    for (const { axis } of this.#factors) {
      if (axis.kind === 'categorical') sum -= Math.log(axis.dimension.levels)
      else if (axis.kind === 'discrete') sum += priorLogMassAt(axis.dimension, point[axis.index] as number)
    }
    return sum
  }

  /** Turns logarithms into contributions relative to a reference, and returns that. */
  #scale(count: number): number {
    const contributions = this.#contributions
    let most = Number.NEGATIVE_INFINITY
    for (let i = 0; i < count; i++) most = Math.max(most, contributions[i] as number)
    // Both the prior and the largest must remain representable, as the mass of the latter on a level may vanish.
    const reference = Math.max(contributions[0] as number, most - 600)
    for (let i = 0; i < count; i++) contributions[i] = Math.exp((contributions[i] as number) - reference)
    return reference
  }

  /** Multiplies the contributions of the selected kernels by their mass on the level that owns `unit`. */
  #multiply(factor: Factor, unit: number, count: number): void {
    const { dimension, kind } = factor.axis
    const contributions = this.#contributions
    if (kind === 'discrete') {
      multiplyByMass(contributions, this.#selected, count, factor, dimension.bin(dimension.fromUnit(unit)))
      return
    }
    const level = Math.floor(unit * dimension.levels)
    const { hit, miss } = categoryMasses(dimension.levels, this.#kernels)
    for (let i = 0; i < count; i++) {
      const own = factor.centre[this.#selected[i] as number] as number
      const mass = own === level ? hit : own === -1 ? 1 / dimension.levels : miss
      contributions[i] = (contributions[i] as number) * mass
    }
  }
}

const priorLogMasses = new WeakMap<Dimension, Map<number, number>>()

/** The logarithm of the prior's mass, before it is truncated, on the level of a discrete axis that owns `unit`. */
function priorLogMassAt(dimension: Dimension, unit: number): number {
  const known = priorLogMasses.get(dimension) ?? new Map<number, number>()
  priorLogMasses.set(dimension, known)
  const before = known.get(unit)
  if (before !== undefined) return before
  const [low, high] = dimension.bin(dimension.fromUnit(unit))
  const mass = Math.log(normalCdf(high - 0.5) - normalCdf(low - 0.5))
  known.set(unit, mass)
  return mass
}

/** The weight of observation k of `count`, oldest first; after them comes the prior with 1. */
function mixtureWeight(k: number, count: number): number {
  const old = count - 25
  if (k >= old) return 1
  return old === 1 ? 1 / count : 1 / count + ((1 - 1 / count) * k) / (old - 1)
}

/** Takes off the logarithm of what a truncated normal, or one over bins, has within [0, 1]. */
function normalize(constant: Float64Array, { axis, centre, precision }: Factor): void {
  const isDensity = axis.kind === 'continuous'
  for (let k = 0; k < constant.length; k++) {
    const p = precision[k] as number
    const below = (centre[k] as number) * p
    const above = p - below
    const isInside = below > 6 && above > 6
    const mass = isInside ? 1 : normalCdf(above) - normalCdf(-below)
    constant[k] = (constant[k] as number) - Math.log(isDensity ? mass / p : mass)
  }
}

function interleave(factors: readonly Factor[], kernels: number): Float64Array {
  const pairs = new Float64Array(2 * factors.length * kernels)
  factors.forEach(({ centre, precision }, a) => {
    for (let k = 0, at = 2 * a; k < kernels; k++, at += 2 * factors.length) {
      pairs[at] = centre[k] as number
      pairs[at + 1] = precision[k] as number
    }
  })
  return pairs
}

/** At least a third of the draws falls into [0, 1], whatever the centre in it and the width up to 1. */
function truncatedNormal(random: RandomStream, centre: number, width: number): number {
  for (;;) {
    const x = centre + width * random.normal()
    if (x >= 0 && x <= 1) return x
  }
}
