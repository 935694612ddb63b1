import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src/core/random.ts'
import { bandwidths } from '../../../src/tuners/tpe/bandwidths.ts'

describe('bandwidths', () => {
  const widths = (centres: number[], least = 0.01) => [...bandwidths(Float64Array.from(centres), least)]

  it('are the larger distance to a neighbour, at the ends to the only one', () => {
    const expected = [0.25, 0.125, 0.5, 0.5]
    expect(widths([0.5, 0.125, 0.25, 1])).toEqual([0.5, 0.125, 0.25, 0.5])
    expect(widths([0.125, 0.25, 0.5, 1])).toEqual([0.125, 0.25, ...expected.slice(2)])
  })

  it('of a single point reach to the farther bound', () => {
    expect(widths([0.25])).toEqual([0.75])
    expect(widths([])).toEqual([])
  })

  it('are clipped from below', () => {
    expect(widths([0.5, 0.5, 0.5], 0.2)).toEqual([0.2, 0.2, 0.2])
  })

  it.each([
    ['spread out', (x: number) => x],
    ['crowded', (x: number) => 0.5 + 1e-4 * x],
    ['at both bounds', Math.round],
  ])('find the neighbours among many points: %s', (_, place) => {
    const random = new RandomStream(1)
    const many = Float64Array.from({ length: 500 }, () => place(random.next()))
    const sorted = many.toSorted()
    const widths = bandwidths(many, 0)
    for (const rank of [1, 77, 250, 498]) {
      const [left = 0, here = 0, right = 0] = sorted.subarray(rank - 1, rank + 2)
      const same = [...many.keys()].filter((i) => many[i] === here)
      expect(Math.max(...same.map((i) => widths[i] ?? 0))).toBeGreaterThanOrEqual(Math.max(here - left, right - here))
    }
    expect(widths.reduce((sum, width) => sum + width, 0)).toBeGreaterThanOrEqual((sorted[499] ?? 0) - (sorted[0] ?? 0))
  })
})
