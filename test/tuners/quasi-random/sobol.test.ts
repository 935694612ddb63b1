import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src/core/random.ts'
import { Sobol, sobolDimensions } from '../../../src/tuners/quasi-random/sobol.ts'

interface Points {
  readonly index: readonly number[]
  readonly points: readonly (readonly number[])[]
}

const fixture = JSON.parse(readFileSync(new URL('../../references/fixtures/sobol.json', import.meta.url), 'utf8')) as {
  readonly wide: Points
  readonly long: Points
}

function pointOf(sobol: Sobol, index: number, dimensions: number): Float64Array {
  const point = new Float64Array(dimensions)
  sobol.point(index, point)
  return point
}

/** Which of 2^bits equal parts of [0, 1) each of the first 2^count points falls into. */
function cells(sobol: Sobol, dimension: number, dimensions: number, count: number, bits: number): number[] {
  return Array.from({ length: 2 ** count }, (_, i) => {
    return Math.floor((pointOf(sobol, i, dimensions)[dimension] ?? 0) * 2 ** bits)
  })
}

describe('the Sobol sequence', () => {
  it.each([
    ['all dimensions at every power of two', fixture.wide],
    ['64 points in a row', fixture.long],
  ])('is that of SciPy: %s', (_, { index, points }) => {
    const dimensions = points[0]?.length ?? 0
    const sobol = new Sobol(dimensions)
    index.forEach((number, i) => {
      expect([...pointOf(sobol, number, dimensions)].map((x) => x * 2 ** 30)).toEqual(points[i])
    })
  })

  it('has numbers for 128 dimensions', () => {
    expect(sobolDimensions).toBe(128)
    expect(fixture.wide.points[0]?.length).toBe(128)
  })

  it('stays spread when scrambled: 256 points, one in each of 256 parts of each axis', () => {
    const sobol = new Sobol(64, new RandomStream(1))
    for (let dimension = 0; dimension < 64; dimension++) {
      expect(new Set(cells(sobol, dimension, 64, 8, 8)).size).toBe(256)
    }
  })

  it('stays spread when scrambled: 256 points, one in each box of any shape of area 1/256 in the first two', () => {
    const sobol = new Sobol(2, new RandomStream(2))
    for (let bits = 0; bits <= 8; bits++) {
      const x = cells(sobol, 0, 2, 8, bits)
      const y = cells(sobol, 1, 2, 8, 8 - bits)
      expect(new Set(x.map((cell, i) => cell * 256 + (y[i] ?? 0))).size).toBe(256)
    }
  })

  it('is another for another seed, uniform at each index', () => {
    const firsts = Array.from({ length: 400 }, (_, seed) => pointOf(new Sobol(2, new RandomStream(seed)), 5, 2))
    for (const axis of [0, 1]) {
      const mean = firsts.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / firsts.length
      // Five standard errors of 1 / sqrt(12 * 400): one choice of seeds in two million.
      expect(Math.abs(mean - 0.5)).toBeLessThan(0.073)
    }
  })
})
