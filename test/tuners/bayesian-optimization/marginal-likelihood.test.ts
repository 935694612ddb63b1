import { describe, expect, it } from 'vitest'
import { MarginalLikelihood } from '../../../src/tuners/bayesian-optimization/marginal-likelihood.ts'
import { kernelParameters, numericLayout, reference } from './reference.ts'

describe('log marginal likelihood', () => {
  it.each(reference.processes)('is scikit-learn’s, with its gradient (reference %#)', (process) => {
    const points = Float64Array.from(process.points.flat())
    const likelihood = new MarginalLikelihood(numericLayout(process), points, Float64Array.from(process.targets))
    const gradient = new Float64Array(process.gradient.length)
    expect(likelihood.evaluate(kernelParameters(process), gradient)).toBeCloseTo(process.likelihood, 8)
    process.gradient.forEach((expected, i) => {
      expect(gradient[i]).toBeCloseTo(expected, 7)
    })
  })

  it('has the gradient of finite differences for categories', () => {
    const points = Float64Array.of(0.1, 0, 0.4, 1, 0.6, 1, 0.9, 2)
    const likelihood = new MarginalLikelihood({ columns: 2, numeric: 1 }, points, Float64Array.of(1, -1, 0.2, 0.4))
    const at = (logs: readonly number[], gradient = new Float64Array(4)) => {
      const [a, b, variance, noise] = logs.map(Math.exp) as [number, number, number, number]
      return likelihood.evaluate({ relevances: Float64Array.of(a, b), variance, noise }, gradient)
    }
    const logs = [0.5, -0.3, 0.2, -3]
    const gradient = new Float64Array(4)
    at(logs, gradient)
    logs.forEach((log, i) => {
      const slope = (at(logs.with(i, log + 1e-5)) - at(logs.with(i, log - 1e-5))) / 2e-5
      expect(gradient[i]).toBeCloseTo(slope, 6)
    })
  })
})
