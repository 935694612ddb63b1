import { describe, expect, it } from 'vitest'
import { logNormalCdf, millsRatio, normalCdf } from '../../../src/tuners/bayesian-optimization/normal-distribution.ts'
import { reference } from './reference.ts'

describe('the normal distribution', () => {
  it.each(reference.logNormalCdf)('log Phi(%f) is SciPy’s', (z, expected) => {
    expect(Math.abs(logNormalCdf(z) - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected))
    expect(normalCdf(z)).toBeCloseTo(Math.exp(expected), 14)
  })

  it('goes over from the centre to the tails without a step', () => {
    for (const edge of [-2, 2]) {
      expect(logNormalCdf(edge - 1e-12)).toBeCloseTo(logNormalCdf(edge + 1e-12), 11)
    }
    expect(millsRatio(1e8)).toBeCloseTo(1e-8, 16)
  })
})
