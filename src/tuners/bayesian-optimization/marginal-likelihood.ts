import { CholeskyFactor, triangle } from './cholesky.ts'
import { correlate, type KernelParameters, type Layout } from './kernel.ts'

/**
 * The logarithm of the density of targets under a Gaussian process, with its gradient by the logarithms of the
 * hyperparameters (Rasmussen and Williams, "Gaussian Processes for Machine Learning", 2006, section 5.4.1). Work space
 * for one data set is allocated once.
 */
export class MarginalLikelihood {
  readonly #layout: Layout
  readonly #points: Float64Array
  readonly #targets: Float64Array
  readonly #size: number
  readonly #factor: CholeskyFactor
  readonly #row: Float64Array
  readonly #weights: Float64Array
  /** By pairs of points: the slope of the kernel. */
  readonly #slopes: Float64Array
  readonly #correlations: Float64Array
  readonly #inverse: Float64Array
  readonly #scratch: Float64Array

  /** `points` row by row, one row for each target. */
  constructor(layout: Layout, points: Float64Array, targets: Float64Array) {
    const size = targets.length
    this.#layout = layout
    this.#points = points
    this.#targets = targets
    this.#size = size
    this.#factor = new CholeskyFactor(size)
    this.#row = new Float64Array(size)
    this.#weights = new Float64Array(size)
    this.#slopes = new Float64Array(triangle(size))
    this.#correlations = new Float64Array(triangle(size))
    this.#inverse = new Float64Array(triangle(size))
    this.#scratch = new Float64Array(triangle(size))
  }

  /**
   * The log likelihood; into `gradient`, `columns` + 2 numbers, its derivatives by the logarithms of the relevances, of
   * the variance and of the noise.
   */
  evaluate(parameters: KernelParameters, gradient: Float64Array): number {
    this.#factorize(parameters)
    const size = this.#size
    const weights = this.#weights
    weights.set(this.#targets)
    this.#factor.solveLower(weights)
    let quadratic = 0
    for (let i = 0; i < size; i++) quadratic += (weights[i] as number) ** 2
    this.#factor.solveUpper(weights)
    this.#factor.invert(this.#inverse, this.#scratch)
    this.#differentiate(parameters, gradient)
    return -0.5 * (quadratic + this.#factor.logDeterminant() + size * Math.log(2 * Math.PI))
  }

  #factorize({ relevances, variance, noise }: KernelParameters): void {
    const { columns } = this.#layout
    const points = this.#points
    this.#factor.truncate(0)
    for (let i = 0; i < this.#size; i++) {
      const start = triangle(i)
      correlate(this.#layout, relevances, points, i * columns, points, i, this.#correlations, this.#slopes, start)
      for (let j = 0; j < i; j++) this.#row[j] = variance * (this.#correlations[start + j] as number)
      this.#row[i] = variance + noise
      this.#factor.append(this.#row, 0.5 * noise)
    }
  }

  /** Half the trace of (w w^T - K^-1) dK, w being K^-1 y: a sum over pairs, each counted twice, and the diagonal. */
  #differentiate({ relevances, variance, noise }: KernelParameters, gradient: Float64Array): void {
    const { columns, numeric } = this.#layout
    const points = this.#points
    gradient.fill(0)
    let byVariance = 0
    let diagonal = 0
    for (let i = 0, pair = 0; i < this.#size; i++, pair++) {
      const weight = this.#weights[i] as number
      for (let j = 0; j < i; j++, pair++) {
        const outer = weight * (this.#weights[j] as number) - (this.#inverse[pair] as number)
        byVariance += outer * (this.#correlations[pair] as number)
        const factor = outer * (this.#slopes[pair] as number)
        for (let c = 0; c < numeric; c++) {
          const difference = (points[i * columns + c] as number) - (points[j * columns + c] as number)
          gradient[c] = (gradient[c] as number) + factor * difference * difference
        }
        for (let c = numeric; c < columns; c++) {
          if (points[i * columns + c] !== points[j * columns + c]) gradient[c] = (gradient[c] as number) + factor
        }
      }
      diagonal += 0.5 * (weight * weight - (this.#inverse[pair] as number))
    }
    for (let c = 0; c < columns; c++) {
      gradient[c] = (gradient[c] as number) * variance * (relevances[c] as number)
    }
    gradient[columns] = variance * (byVariance + diagonal)
    gradient[columns + 1] = noise * diagonal
  }
}
