import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src/core/random.ts'
import { initialDistribution, nextDistribution, pointAt } from '../../../src/tuners/cma-es/distribution.ts'
import { strategyFor } from '../../../src/tuners/cma-es/strategy.ts'

interface Fixture {
  readonly cases: readonly {
    readonly size: number
    readonly population: number
    readonly mean: readonly number[]
    readonly steps: readonly {
      readonly ranked: readonly (readonly number[])[]
      readonly mean: readonly number[]
      readonly sigma: number
      readonly covariance: readonly number[]
    }[]
  }[]
}

const fixture = JSON.parse(
  readFileSync(new URL('../../references/fixtures/cma-es.json', import.meta.url), 'utf8'),
) as Fixture

function difference(ours: Float64Array, theirs: readonly number[]): number {
  return ours.reduce((most, x, i) => Math.max(most, Math.abs(x - (theirs[i] as number))), 0)
}

describe('the steps of CMA-ES', () => {
  it.each(fixture.cases)('are those of the cmaes package: $size dimensions, population $population', (c) => {
    const strategy = strategyFor(c.size, c.population)
    let distribution = initialDistribution(Float64Array.from(c.mean), 1 / 6)
    for (const { ranked, mean, sigma, covariance } of c.steps) {
      distribution = nextDistribution(
        strategy,
        distribution,
        ranked.map((point) => Float64Array.from(point)),
      )
      expect(difference(distribution.mean, mean)).toBeLessThan(1e-9)
      expect(Math.abs(distribution.sigma / sigma - 1)).toBeLessThan(1e-8)
      expect(difference(distribution.covariance, covariance)).toBeLessThan(1e-7)
    }
    expect(distribution.generation).toBe(c.steps.length)
  })

  it('draws with the covariance that it has learned', () => {
    const [, c] = fixture.cases
    if (c === undefined) throw new Error('The fixture has no second case.')
    const strategy = strategyFor(c.size, c.population)
    let distribution = initialDistribution(Float64Array.from(c.mean), 1 / 6)
    for (const { ranked } of c.steps) {
      distribution = nextDistribution(
        strategy,
        distribution,
        ranked.map((point) => Float64Array.from(point)),
      )
    }
    const random = new RandomStream(1)
    const draws = Array.from({ length: 40_000 }, () => {
      const point = pointAt(
        distribution,
        Float64Array.from({ length: c.size }, () => random.normal()),
      )
      return point.map((x, i) => (x - (distribution.mean[i] as number)) / distribution.sigma)
    })
    const scale = Math.max(...distribution.covariance)
    for (let i = 0; i < c.size; i++) {
      for (let j = 0; j <= i; j++) {
        const sample = draws.reduce((sum, y) => sum + (y[i] as number) * (y[j] as number), 0) / draws.length
        // Six standard errors of a sample variance: one seed in a hundred million is outside.
        expect(Math.abs(sample - (distribution.covariance[i * c.size + j] as number))).toBeLessThan(0.045 * scale)
      }
    }
  })
})
