import type { GaussianProcess, Prediction } from './gaussian-process.ts'
import { type LogImprovement, logExpectedImprovement } from './log-expected-improvement.ts'

/** Variances below this are rounding. */
const LEAST_VARIANCE = 1e-12

/** By how much, in logarithms, each wall of the cube damps the deviation. */
const WALL = 0.3

/**
 * The logarithm of the expected improvement over `incumbent` under a Gaussian process, as a function of its points.
 *
 * The deviation is damped near the walls of smooth columns, by exp(-0.3) at one wall and by the product in a corner. A
 * cube has exponentially many corners, far from every observation, and a model without edges expects the most of them:
 * undamped, trials go there one after the other (Siivola et al., "Correcting boundary over-exploration deficiencies in
 * Bayesian optimization with virtual derivative sign observations", 2018). The mean is left alone, so that an optimum
 * at a wall is found there.
 */
export class Acquisition {
  readonly #model: GaussianProcess
  readonly #incumbent: number
  readonly #smooth: number
  readonly #prediction: Prediction = { mean: 0, variance: 0, nearest: 0 }
  readonly #improvement: LogImprovement = { value: 0, byMean: 0, byDeviation: 0 }
  readonly #byVariance: Float64Array
  #deviation = 0
  #damping = 1

  /** `numeric` columns come first in a point, and among them `smooth` ones. */
  constructor(model: GaussianProcess, incumbent: number, numeric: number, smooth: number) {
    this.#model = model
    this.#incumbent = incumbent
    this.#smooth = smooth
    this.#byVariance = new Float64Array(numeric)
  }

  /** -Infinity at points that the model has already. */
  value(x: Float64Array): number {
    this.#model.predict(x, this.#prediction)
    const { mean, variance, nearest } = this.#prediction
    if (nearest === 0) return Number.NEGATIVE_INFINITY
    let walls = 0
    for (let c = 0; c < this.#smooth; c++) walls += (2 * (x[c] as number) - 1) ** 4
    this.#damping = Math.exp(-WALL * walls)
    this.#deviation = Math.sqrt(Math.max(variance, LEAST_VARIANCE))
    logExpectedImprovement(mean, this.#damping * this.#deviation, this.#incumbent, this.#improvement)
    return this.#improvement.value
  }

  /** The value, and into `gradient` its derivatives by the numeric columns. */
  differentiate(x: Float64Array, gradient: Float64Array): number {
    const value = this.value(x)
    this.#model.differentiate(x, gradient, this.#byVariance)
    const { byMean, byDeviation } = this.#improvement
    const damped = byDeviation * this.#damping
    const byVariance = this.#prediction.variance > LEAST_VARIANCE ? damped / (2 * this.#deviation) : 0
    const byWalls = -WALL * damped * this.#deviation
    for (let c = 0; c < gradient.length; c++) {
      gradient[c] = byMean * (gradient[c] as number) + byVariance * (this.#byVariance[c] as number)
      if (c < this.#smooth) gradient[c] = (gradient[c] as number) + byWalls * 8 * (2 * (x[c] as number) - 1) ** 3
    }
    return value
  }
}
