import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { Evaluations } from '../../../src/tuners/tpe/evaluations.ts'

const value = fc.oneof(
  fc.integer({ min: 0, max: 4 }).map((level) => level / 4),
  fc.constant(Number.NaN),
)
const step = fc.record({ at: fc.integer({ min: 0, max: 200 }), value, shorten: fc.boolean() })

describe('the rankings of evaluations', () => {
  test.prop([fc.array(value, { minLength: 60, maxLength: 150 }), fc.array(step, { maxLength: 20 })], { seed: 1 })(
    'are in ascending order, of equals the earlier first, without NaN, whatever was replaced and forgotten',
    (first, steps) => {
      const evaluations = new Evaluations(2)
      const standing = { tier: 0, loss: 1 }
      const expected = [...first]
      for (const unit of first) evaluations.push(Float64Array.of(0, unit), standing)
      for (const { at, value: unit, shorten } of steps) {
        if (shorten) {
          expected.length = Math.min(expected.length, at)
          evaluations.truncate(at)
        } else {
          const place = Math.min(at, expected.length)
          expected[place] = unit
          evaluations.set(place, Float64Array.of(0, unit), standing)
        }
      }
      const inOrder = [...expected.keys()]
        .filter((i) => !Number.isNaN(expected[i]))
        .sort((a, b) => (expected[a] ?? 0) - (expected[b] ?? 0) || a - b)
      const { length, numbers, values } = evaluations.rankings[1] ?? {}
      expect([...(numbers ?? [])].slice(0, length)).toEqual(inOrder)
      expect([...(values ?? [])].slice(0, length)).toEqual(inOrder.map((i) => expected[i]))
      expect(evaluations.length).toBe(expected.length)
    },
  )
})
