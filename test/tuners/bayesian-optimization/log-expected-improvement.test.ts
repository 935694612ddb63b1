import { describe, expect, it } from 'vitest'
import { logExpectedImprovement, logH } from '../../../src/tuners/bayesian-optimization/log-expected-improvement.ts'
import { reference } from './reference.ts'

function at(mean: number, deviation: number, incumbent = 0) {
  const out = { value: 0, byMean: 0, byDeviation: 0 }
  logExpectedImprovement(mean, deviation, incumbent, out)
  return out
}

describe('log expected improvement', () => {
  it.each(reference.logH)('log h(%f) is SciPy’s', (z, expected) => {
    expect(Math.abs(logH(z) - expected)).toBeLessThanOrEqual(1e-11 * Math.max(1, Math.abs(expected)))
  })

  it('is the logarithm of the mean improvement', () => {
    // A prediction of 1 +- 2 against an incumbent of 1.5: the mean of max(0, 1.5 - y) by a fine sum.
    let mean = 0
    for (let z = -10; z < 0.25; z += 1e-4) {
      mean += (1.5 - (1 + 2 * (z + 5e-5))) * Math.exp(-0.5 * (z + 5e-5) ** 2) * (1e-4 / Math.sqrt(2 * Math.PI))
    }
    expect(at(1, 2, 1.5).value).toBeCloseTo(Math.log(mean), 6)
  })

  it.each([
    [0.3, 1],
    [-4, 0.5],
    [5, 1],
    [30, 0.7],
    [2, 1e-3],
  ])('has the derivatives of finite differences at mean %f, deviation %f', (mean, deviation) => {
    const { byMean, byDeviation } = at(mean, deviation)
    const step = 1e-5 * deviation
    const slope = (f: (h: number) => number) => (f(step) - f(-step)) / (2 * step)
    const near = (actual: number, expected: number) => expect(actual / expected).toBeCloseTo(1, 5)
    near(
      byMean,
      slope((h) => at(mean + h, deviation).value),
    )
    if (mean > -1) {
      near(
        byDeviation,
        slope((h) => at(mean, deviation + h).value),
      )
    }
  })

  it('still tells candidates apart where the improvement itself underflows', () => {
    expect(at(60, 1).value).toBeLessThan(at(59, 1).value)
    expect(Number.isFinite(at(1e6, 1e-3).value)).toBe(true)
  })
})
