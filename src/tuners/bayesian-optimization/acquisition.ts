import type { GaussianProcess, Prediction } from './gaussian-process.ts'
import { type LogImprovement, logExpectedImprovement } from './log-expected-improvement.ts'

/** Variances below this are rounding. */
const LEAST_VARIANCE = 1e-12

/** The logarithm of the expected improvement over `incumbent` under a Gaussian process, as a function of its points. */
export class Acquisition {
  readonly #model: GaussianProcess
  readonly #incumbent: number
  readonly #prediction: Prediction = { mean: 0, variance: 0, nearest: 0 }
  readonly #improvement: LogImprovement = { value: 0, byMean: 0, byDeviation: 0 }
  readonly #byVariance: Float64Array

  constructor(model: GaussianProcess, incumbent: number, columns: number) {
    this.#model = model
    this.#incumbent = incumbent
    this.#byVariance = new Float64Array(columns)
  }

  /** -Infinity at points that the model has already. */
  value(x: Float64Array): number {
    this.#model.predict(x, this.#prediction)
    const { mean, variance, nearest } = this.#prediction
    if (nearest === 0) return Number.NEGATIVE_INFINITY
    logExpectedImprovement(mean, Math.sqrt(Math.max(variance, LEAST_VARIANCE)), this.#incumbent, this.#improvement)
    return this.#improvement.value
  }

  /** The value, and into `gradient` its derivatives by the numeric columns. */
  differentiate(x: Float64Array, gradient: Float64Array): number {
    const value = this.value(x)
    this.#model.differentiate(x, gradient, this.#byVariance)
    const { byMean, byDeviation } = this.#improvement
    const { variance } = this.#prediction
    const byVariance = variance > LEAST_VARIANCE ? byDeviation / (2 * Math.sqrt(variance)) : 0
    for (let c = 0; c < gradient.length; c++) {
      gradient[c] = byMean * (gradient[c] as number) + byVariance * (this.#byVariance[c] as number)
    }
    return value
  }
}
