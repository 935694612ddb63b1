import { describe, expect, it } from 'vitest'
import {
  logNormalCdf,
  millsRatio,
  normalCdf,
  normalQuantile,
} from '../../../src/tuners/bayesian-optimization/normal-distribution.ts'
import { reference } from './reference.ts'

describe('the normal distribution', () => {
  it.each(reference.logNormalCdf)('log Phi(%f) is SciPy’s', (z, expected) => {
    expect(Math.abs(logNormalCdf(z) - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected))
  })

  it.each(reference.quantiles)('the quantile of %f is SciPy’s', (probability, expected) => {
    expect(normalQuantile(probability)).toBeCloseTo(expected, 9)
    expect(normalCdf(normalQuantile(probability))).toBeCloseTo(probability, 12)
  })

  it('goes over from the centre to the tails without a step', () => {
    for (const edge of [-2, 2]) {
      expect(logNormalCdf(edge - 1e-12)).toBeCloseTo(logNormalCdf(edge + 1e-12), 11)
    }
    expect(millsRatio(1e8)).toBeCloseTo(1e-8, 16)
  })
})
