import { CholeskyFactor } from './cholesky.ts'
import { correlate, type KernelParameters, type Layout } from './kernel.ts'

/** A normal prediction of the function, noise not included. */
export interface Prediction {
  mean: number
  variance: number
  /** Squared distance, under the kernel, to the nearest point that was added: 0 for that point itself. */
  nearest: number
}

/**
 * The posterior of a Gaussian process with mean zero and a Matern 5/2 kernel (Rasmussen and Williams, 2006, algorithm
 * 2.1). Points are added one at a time, each at the cost of one row of the factor; nothing is allocated by predictions.
 */
export class GaussianProcess {
  readonly parameters: KernelParameters
  readonly #layout: Layout
  readonly #factor = new CholeskyFactor()
  #points = new Float64Array(0)
  /** K^-1 y. */
  #weights = new Float64Array(0)
  #slopes = new Float64Array(0)
  /** The covariances of the last predicted point, turned into K^-1 k by a gradient. */
  #solved = new Float64Array(0)
  #covariances = new Float64Array(0)

  constructor(layout: Layout, parameters: KernelParameters) {
    this.#layout = layout
    this.parameters = parameters
  }

  get size(): number {
    return this.#factor.size
  }

  /** How many of the first `count` rows of `points` are the first points here. */
  commonPrefix(points: Float64Array, count: number): number {
    const { columns } = this.#layout
    const limit = Math.min(count, this.size) * columns
    for (let k = 0; k < limit; k++) if (points[k] !== this.#points[k]) return Math.floor(k / columns)
    return limit / columns
  }

  /** Keeps the first `size` points. */
  truncate(size: number): void {
    this.#factor.truncate(size)
  }

  /**
   * Adds the point at `at` in `points`, with its own expected value as target (Ginsbourger's "kriging believer"): the
   * mean stays as it is, the variance around the point shrinks.
   */
  add(points: Float64Array, at = 0): void {
    const size = this.size
    const { columns } = this.#layout
    this.#reserve(size + 1)
    for (let c = 0; c < columns; c++) this.#points[size * columns + c] = points[at + c] as number
    this.#correlate(this.#points, size * columns)
    this.#covariances[size] = this.parameters.variance + this.parameters.noise
    this.#factor.append(this.#covariances, 0.5 * this.parameters.noise)
    this.#weights[size] = 0
  }

  /** Sets the targets of all points. */
  observe(targets: Float64Array): void {
    for (let i = 0; i < this.size; i++) this.#weights[i] = targets[i] as number
    this.#factor.solveLower(this.#weights)
    this.#factor.solveUpper(this.#weights)
  }

  /** The mean at the i-th point, given its target. */
  meanAt(i: number, target: number): number {
    return target - this.parameters.noise * (this.#weights[i] as number)
  }

  /** The posterior at the point `x`; a variance of 0 or below is rounding. */
  predict(x: Float64Array, out: Prediction): void {
    const nearest = this.#correlate(x, 0)
    const size = this.size
    let mean = 0
    for (let i = 0; i < size; i++) mean += (this.#covariances[i] as number) * (this.#weights[i] as number)
    const solved = this.#solved
    for (let i = 0; i < size; i++) solved[i] = this.#covariances[i] as number
    this.#factor.solveLower(solved)
    let explained = 0
    for (let i = 0; i < size; i++) explained += (solved[i] as number) ** 2
    out.mean = mean
    out.variance = this.parameters.variance - explained
    out.nearest = nearest
  }

  /**
   * The gradients of mean and variance by the numeric columns at the point that was predicted last; the columns are the
   * first of each output.
   */
  differentiate(x: Float64Array, byMean: Float64Array, byVariance: Float64Array): void {
    const { columns, numeric } = this.#layout
    const { relevances, variance: prior } = this.parameters
    this.#factor.solveUpper(this.#solved)
    for (let c = 0; c < numeric; c++) {
      let mean = 0
      let variance = 0
      const at = x[c] as number
      for (let i = 0, point = c; i < this.size; i++, point += columns) {
        const step = (this.#slopes[i] as number) * (at - (this.#points[point] as number))
        mean += step * (this.#weights[i] as number)
        variance += step * (this.#solved[i] as number)
      }
      byMean[c] = 2 * prior * (relevances[c] as number) * mean
      byVariance[c] = -4 * prior * (relevances[c] as number) * variance
    }
  }

  /** Covariances and slopes of the correlations of a point with all points here; returns the smallest squared distance. */
  #correlate(x: Float64Array, at: number): number {
    const { relevances, variance } = this.parameters
    const covariances = this.#covariances
    const nearest = correlate(this.#layout, relevances, x, at, this.#points, this.size, covariances, this.#slopes)
    for (let i = 0; i < this.size; i++) covariances[i] = variance * (covariances[i] as number)
    return nearest
  }

  #reserve(size: number): void {
    if (this.#weights.length >= size) return
    const grown = (old: Float64Array, length: number) => {
      const array = new Float64Array(length)
      array.set(old)
      return array
    }
    this.#points = grown(this.#points, 2 * size * this.#layout.columns)
    this.#weights = grown(this.#weights, 2 * size)
    this.#slopes = grown(this.#slopes, 2 * size)
    this.#solved = grown(this.#solved, 2 * size)
    this.#covariances = grown(this.#covariances, 2 * size)
  }
}
