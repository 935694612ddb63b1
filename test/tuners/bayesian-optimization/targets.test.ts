import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { standardizeTargets } from '../../../src/tuners/bayesian-optimization/targets.ts'

const targets = (...values: number[]) => [...standardizeTargets(Float64Array.from(values))]

describe('targets of the Gaussian process', () => {
  test.prop([
    fc.array(
      fc.double({ noNaN: true, min: -1e3, max: 1e3 }).map((v) => (Math.abs(v) < 1e-9 ? 0 : v)),
      { minLength: 2, maxLength: 40 },
    ),
  ])('keep the order, with mean 0 and variance 1', (values) => {
    const result = targets(...values)
    values.forEach((a, i) => {
      values.forEach((b, j) => {
        if (a <= b) expect(result[i]).toBeLessThanOrEqual((result[j] as number) + 1e-12)
      })
    })
    const mean = result.reduce((sum, y) => sum + y, 0) / result.length
    const variance = result.reduce((sum, y) => sum + (y - mean) ** 2, 0) / result.length
    expect(mean).toBeCloseTo(0, 6)
    if (new Set(result).size > 1) expect(variance).toBeCloseTo(1, 6)
  })

  it('do not let one hopeless value flatten the others', () => {
    const [a, b, , , hopeless] = targets(1, 2, 3, 4, 1e9) as [number, number, number, number, number]
    expect(b - a).toBeGreaterThan(0.05)
    expect(hopeless).toBeLessThan(3)
  })

  it('give a failed trial the worst target', () => {
    const result = targets(1, Number.NaN, 5, 3)
    expect(result[1]).toBe(result[2])
  })

  it.each([
    [[]],
    [[3]],
    [[2, 2, 2]],
    [[Number.NaN, Number.NaN]],
    [[-1e300, -1e300, 1e300, 1.7e308, -1.7e308]],
    [[0, 0, 0, 7]],
    [[1e-15, 0, -5e-324]],
  ])('are finite for %j', (values) => {
    for (const y of targets(...values)) expect(Number.isFinite(y)).toBe(true)
  })
})
