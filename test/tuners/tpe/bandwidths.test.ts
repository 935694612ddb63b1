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

  it('are the same for more points than one sort of numbers can carry', () => {
    const random = new RandomStream(1)
    const many = Float64Array.from({ length: 66_000 }, () => random.next())
    const sorted = many.toSorted()
    const wide = bandwidths(many, 0)
    const rank = 40_000
    const [left = 0, here = 0, right = 0] = sorted.subarray(rank - 1, rank + 2)
    expect(wide[many.indexOf(here)]).toBe(Math.max(here - left, right - here))
  })
})
