import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { RandomStream } from '../../src/core/random.ts'
import { checkParams } from '../../src/search-space/check-params.ts'
import { countConfigurations } from '../../src/search-space/count.ts'
import type { Space } from '../../src/search-space/space.ts'
import { arbitrarySpace, enumerate } from './arbitrary-space.ts'

const any = arbitrarySpace({ finite: false })
const finite = arbitrarySpace({ finite: true })
const draws = (space: Space, seed: number, count: number) => {
  const random = new RandomStream(seed)
  return Array.from({ length: count }, () => space.sample(random))
}

describe('every space', () => {
  test.prop([any, fc.nat()], { seed: 4 })('samples configurations of its own', (space, seed) => {
    for (const params of draws(space, seed, 10)) checkParams(space, params)
  })

  test.prop([any], { seed: 4 })('has defaults that are a configuration', (space) => {
    checkParams(space, space.defaults())
  })

  test.prop([any, fc.nat()], { seed: 4 })(
    'decodes what it encodes: levels exactly, reals to 12 digits',
    (space, seed) => {
      for (const params of draws(space, seed, 10)) {
        const point = space.encode(params)
        const again = space.decode(point)
        expect(Object.keys(again)).toEqual(Object.keys(params))
        for (const name of Object.keys(params)) {
          const levelled = space.dimensionsOf(name).every((dimension) => dimension.kind !== 'continuous')
          if (levelled) expect(again[name]).toEqual(params[name])
          else
            for (const [a, b] of pairs(again[name], params[name]))
              expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-12 * largest(space, name))
        }
      }
    },
  )

  test.prop([any, fc.nat()], { seed: 4 })('encodes NaN exactly where a dimension is not active', (space, seed) => {
    for (const params of draws(space, seed, 5)) {
      const point = space.encode(params)
      space.dimensions.forEach(({ name, parameter }, i) => {
        const value = params[parameter]
        const item = /\[(\d+)\]$/.exec(name)?.[1]
        const active = Array.isArray(value) && item !== undefined ? Number(item) < value.length : value !== undefined
        expect(Number.isNaN(point[i])).toBe(!active)
      })
    }
  })

  test.prop([fc.oneof(any, finite), fc.nat()], { seed: 4 })(
    'has equal keys for equal configurations alone',
    (space, seed) => {
      const configurations = draws(space, seed, 30)
      const texts = new Set(configurations.map((params) => JSON.stringify(params)))
      const keys = new Set(configurations.map((params) => space.key(params)))
      expect(keys.size).toBe(texts.size)
      for (const params of configurations) {
        expect(space.key(JSON.parse(JSON.stringify(params)))).toBe(space.key(params))
      }
    },
  )
})

describe('every small finite space', () => {
  test.prop([finite], { seed: 4, numRuns: 200 })('has as many configurations as can be written down', (space) => {
    const size = space.names.reduce((product, name) => product * Math.max(1, sizeOf(space, name)), 1)
    fc.pre(size <= 5000)
    expect(countConfigurations(space)).toBe(enumerate(space.spec).size)
  })
})

function sizeOf(space: Space, name: string): number {
  return space.dimensionsOf(name).reduce((product, { levels }) => product * levels, 1)
}

function pairs(a: unknown, b: unknown): [number, number][] {
  const [as, bs] = [[a].flat() as number[], [b].flat() as number[]]
  return as.map((value, i) => [value, bs[i] ?? Number.NaN])
}

function largest(space: Space, name: string): number {
  return Math.max(...space.dimensionsOf(name).map((dimension) => Number(dimension.fromUnit(1))))
}
