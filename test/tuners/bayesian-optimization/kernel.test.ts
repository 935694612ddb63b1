import { describe, expect, it } from 'vitest'
import { correlate } from '../../../src/tuners/bayesian-optimization/kernel.ts'

const relevances = Float64Array.of(2, 0.5, 3)

/** The correlation of two points of three columns, its slope and their squared distance. */
function pair(numeric: number, a: readonly number[], b: readonly number[]) {
  const [correlations, slopes] = [new Float64Array(1), new Float64Array(1)]
  const layout = { columns: 3, numeric }
  const squared = correlate(layout, relevances, Float64Array.from(a), 0, Float64Array.from(b), 1, correlations, slopes)
  return { squared, correlation: correlations[0] as number, slope: slopes[0] as number }
}

describe('Matern 5/2 kernel', () => {
  it('weighs squared differences, and counts categories that differ', () => {
    expect(pair(3, [1, 2, 3], [2, 4, 3]).squared).toBeCloseTo(2 * 1 + 0.5 * 4, 12)
    expect(pair(1, [1, 2, 3], [2, 4, 3]).squared).toBeCloseTo(2 * 1 + 0.5, 12)
    expect(pair(1, [1, 2, 3], [1, 2, -1]).squared).toBe(3)
  })

  it('is 1 at no distance and falls with it', () => {
    expect(pair(3, [1, 2, 3], [1, 2, 3])).toEqual({ squared: 0, correlation: 1, slope: -5 / 6 })
    expect(pair(3, [0, 0, 0], [9, 9, 9]).correlation).toBeLessThan(1e-8)
  })

  it('has the slope of finite differences', () => {
    // Only the first column differs: squared = 2 d^2, so d(squared) = 4 d dd.
    const at = (d: number) => pair(3, [0, 0, 0], [d, 0, 0])
    const byDistance = (at(0.4 + 1e-6).correlation - at(0.4 - 1e-6).correlation) / 2e-6
    expect(at(0.4).slope).toBeCloseTo(byDistance / (4 * 0.4), 6)
  })

  it('takes a point among the rows, several rows at once, and an offset for what it writes', () => {
    const rows = Float64Array.of(0, 0, 0, 1, 1, 1, 0, 0, 1)
    const [correlations, slopes] = [new Float64Array(5), new Float64Array(5)]
    const nearest = correlate({ columns: 3, numeric: 3 }, relevances, rows, 6, rows, 2, correlations, slopes, 3)
    expect(nearest).toBe(2.5)
    expect([...correlations.slice(0, 3)]).toEqual([0, 0, 0])
    expect(correlations[4]).toBeCloseTo(pair(3, [0, 0, 1], [1, 1, 1]).correlation, 12)
  })
})
