import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { RandomStream } from '../../../src/core/random.ts'
import { latinHypercubePoint } from '../../../src/tuners/bayesian-optimization/latin-hypercube.ts'

describe('Latin hypercube', () => {
  test.prop([fc.integer(), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 6 })])(
    'gives each point a stratum of its own along each axis, whatever was asked before',
    (seed, size, axes) => {
      const point = (number: number) => latinHypercubePoint(number, size, axes, new RandomStream(seed))
      const points = Array.from({ length: size }, (_, number) => point(number))
      for (let axis = 0; axis < axes; axis++) {
        expect(new Set(points.map((at) => Math.floor(size * (at[axis] as number)))).size).toBe(size)
      }
      expect(point(size - 1)).toEqual(points.at(-1))
    },
  )
})
