import { addLogPrior } from './hyperparameter-prior.ts'
import type { KernelParameters, Layout } from './kernel.ts'
import { Lbfgs, type LbfgsOptions } from './lbfgs.ts'
import { MarginalLikelihood } from './marginal-likelihood.ts'

const RANGE = { relevance: [1e-4, 1e4], variance: [1e-3, 1e3], noise: [1e-7, 2] } as const
const START = { relevance: 1, variance: 1, noise: 0.03 }
const CONVERGENCE: LbfgsOptions = { iterations: 60, gradientTolerance: 2e-2, valueTolerance: 1e-3 }

/**
 * The most probable hyperparameters given points (row by row) and their standardized targets: marginal likelihood times
 * prior, climbed from a fixed start, so that the result depends on the data alone.
 */
export function fitKernel(layout: Layout, points: Float64Array, targets: Float64Array): KernelParameters {
  const likelihood = new MarginalLikelihood(layout, points, targets)
  const x = logarithms(layout, START.relevance, START.variance, START.noise)
  const lower = logarithms(layout, RANGE.relevance[0], RANGE.variance[0], RANGE.noise[0])
  const upper = logarithms(layout, RANGE.relevance[1], RANGE.variance[1], RANGE.noise[1])
  const parameters = { relevances: new Float64Array(layout.columns), variance: 0, noise: 0 }
  const negativeLogPosterior = (at: Float64Array, gradient: Float64Array): number => {
    exponentiate(at, parameters)
    const value = likelihood.evaluate(parameters, gradient) + addLogPrior(at, gradient)
    for (let i = 0; i < gradient.length; i++) gradient[i] = -(gradient[i] as number)
    return -value
  }
  new Lbfgs(x.length).minimize(negativeLogPosterior, x, lower, upper, CONVERGENCE)
  exponentiate(x, parameters)
  return parameters
}

function logarithms({ columns }: Layout, relevance: number, variance: number, noise: number): Float64Array {
  const x = new Float64Array(columns + 2).fill(Math.log(relevance))
  x[columns] = Math.log(variance)
  x[columns + 1] = Math.log(noise)
  return x
}

function exponentiate(x: Float64Array, out: { relevances: Float64Array; variance: number; noise: number }): void {
  const { relevances } = out
  for (let c = 0; c < relevances.length; c++) relevances[c] = Math.exp(x[c] as number)
  out.variance = Math.exp(x[relevances.length] as number)
  out.noise = Math.exp(x[relevances.length + 1] as number)
}
