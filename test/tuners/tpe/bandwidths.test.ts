import { describe, expect, it } from 'vitest'
import { bandwidths } from '../../../src/tuners/tpe/bandwidths.ts'

describe('bandwidths', () => {
  const widths = (sorted: number[], least = 0.01) => {
    const into = new Float64Array(sorted.length)
    // What lies behind the points must not count.
    bandwidths(Float64Array.of(...sorted, 0.3), sorted.length, least, into)
    return [...into]
  }

  it('are the larger distance to a neighbour, at the ends to the only one', () => {
    expect(widths([0.125, 0.25, 0.5, 1])).toEqual([0.125, 0.25, 0.5, 0.5])
  })

  it('of a single point reach to the farther bound', () => {
    expect(widths([0.25])).toEqual([0.75])
    expect(widths([])).toEqual([])
  })

  it('are clipped from below', () => {
    expect(widths([0.5, 0.5, 0.5], 0.2)).toEqual([0.2, 0.2, 0.2])
    expect(widths([0.5], 0.7)).toEqual([0.7])
  })
})
