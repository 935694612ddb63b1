import type { Strategy } from './strategy.ts'
import { type Matrix, symmetricEigen } from './symmetric-eigen.ts'

/** What the strategy knows between two generations: the normal distribution N(mean, sigma^2 C), and its two paths. */
export interface Distribution {
  readonly generation: number
  readonly mean: Float64Array
  readonly sigma: number
  readonly covariance: Matrix
  readonly pathSigma: Float64Array
  readonly pathC: Float64Array
  /** C = B D^2 B': B by columns, and the diagonal of D. */
  readonly basis: Matrix
  readonly scale: Float64Array
}

/** Sigma stays where numbers mean something: the space is the unit cube. */
const SIGMA = { least: 1e-12, most: 1e4 }

export function initialDistribution(mean: Float64Array, sigma: number): Distribution {
  const size = mean.length
  const identity = new Float64Array(size * size)
  for (let i = 0; i < size; i++) identity[i * size + i] = 1
  return {
    generation: 0,
    mean,
    sigma,
    covariance: identity,
    pathSigma: new Float64Array(size),
    pathC: new Float64Array(size),
    basis: identity,
    scale: new Float64Array(size).fill(1),
  }
}

/** The distribution after a generation: as many points as the population has, the best first. Equations 41 to 47. */
export function nextDistribution(
  strategy: Strategy,
  last: Distribution,
  ranked: readonly Float64Array[],
): Distribution {
  const { size, parents, weights, muEff, cSigma, dSigma, cc, c1, cMu, chi } = strategy
  const generation = last.generation + 1
  const steps = ranked.map((point) => point.map((x, i) => (x - (last.mean[i] as number)) / last.sigma))
  const whitened = steps.map((step) => whiten(last, step))
  const mean = Float64Array.from(last.mean)
  const step = new Float64Array(size)
  const whiteStep = new Float64Array(size)
  for (let k = 0; k < parents; k++) {
    addTo(step, weights[k] as number, steps[k] as Float64Array)
    addTo(whiteStep, weights[k] as number, whitened[k] as Float64Array)
  }
  addTo(mean, last.sigma, step)
  const pathSigma = last.pathSigma.map((p) => (1 - cSigma) * p)
  addTo(pathSigma, Math.sqrt(cSigma * (2 - cSigma) * muEff), whiteStep)
  const length = norm(pathSigma)
  const sigma = last.sigma * Math.exp((cSigma / dSigma) * (length / chi - 1))
  const expected = Math.sqrt(1 - (1 - cSigma) ** (2 * (generation + 1)))
  // A path that is too long stalls the other one, lest C grow while sigma is still catching up.
  const moves = length / expected < (1.4 + 2 / (size + 1)) * chi ? 1 : 0
  const pathC = last.pathC.map((p) => (1 - cc) * p)
  addTo(pathC, moves * Math.sqrt(cc * (2 - cc) * muEff), step)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const kept = 1 + c1 * (1 - moves) * cc * (2 - cc) - c1 - cMu * total
  const covariance = last.covariance.map((entry) => kept * entry)
  addOuter(covariance, c1, pathC)
  for (let k = 0; k < weights.length; k++) {
    const weight = weights[k] as number
    const shrink = weight >= 0 ? 1 : size / (norm(whitened[k] as Float64Array) ** 2 + 1e-8)
    addOuter(covariance, cMu * weight * shrink, steps[k] as Float64Array)
  }
  return {
    generation,
    mean,
    sigma: Math.min(SIGMA.most, Math.max(SIGMA.least, sigma)),
    covariance,
    pathSigma,
    pathC,
    ...decompose(covariance, size),
  }
}

/** A point mean + sigma B D z. */
export function pointAt({ mean, sigma, basis, scale }: Distribution, z: Float64Array): Float64Array {
  const size = mean.length
  return mean.map((m, i) => {
    let sum = 0
    for (let j = 0; j < size; j++) sum += (basis[i * size + j] as number) * (scale[j] as number) * (z[j] as number)
    return m + sigma * sum
  })
}

/** C^(-1/2) y = B D^-1 B' y. */
function whiten({ basis, scale }: Distribution, y: Float64Array): Float64Array {
  const size = y.length
  const turned = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      turned[j] = (turned[j] as number) + ((basis[i * size + j] as number) * (y[i] as number)) / (scale[j] as number)
    }
  }
  return y.map((_, i) => {
    let sum = 0
    for (let j = 0; j < size; j++) sum += (basis[i * size + j] as number) * (turned[j] as number)
    return sum
  })
}

function decompose(covariance: Matrix, size: number): Pick<Distribution, 'basis' | 'scale'> {
  const { values, vectors } = symmetricEigen(covariance, size)
  // Rounding can push the least eigenvalue below zero.
  return { basis: vectors, scale: values.map((value) => Math.sqrt(Math.max(value, 1e-16))) }
}

function addTo(target: Float64Array, factor: number, source: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] as number) + factor * (source[i] as number)
}

function addOuter(target: Matrix, factor: number, v: Float64Array): void {
  for (let i = 0, at = 0; i < v.length; i++) {
    for (let j = 0; j < v.length; j++, at++) {
      target[at] = (target[at] as number) + factor * (v[i] as number) * (v[j] as number)
    }
  }
}

function norm(v: Float64Array): number {
  return Math.sqrt(v.reduce((sum, x) => sum + x * x, 0))
}
