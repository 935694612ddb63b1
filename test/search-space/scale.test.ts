import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { warp } from '../../src/search-space/scale.ts'

const scales = ['linear', 'log', 'reverse-log'] as const
const range = fc
  .tuple(fc.double({ min: 1e-9, max: 1e6, noNaN: true }), fc.double({ min: 1e-6, max: 1e6, noNaN: true }))
  .map(([low, width]) => [low, low + width] as const)
  .filter(([low, high]) => high > low * (1 + 1e-9))

describe('warp', () => {
  it('spreads a linear range evenly', () => {
    const { toUnit, fromUnit } = warp('linear', -2, 6)
    expect([-2, 0, 2, 6].map(toUnit)).toEqual([0, 0.25, 0.5, 1])
    expect([0, 0.25, 0.5, 1].map(fromUnit)).toEqual([-2, 0, 2, 6])
  })

  it('gives each decade of a log range the same room', () => {
    const { toUnit, fromUnit } = warp('log', 1e-4, 1)
    expect(toUnit(1e-3)).toBeCloseTo(0.25, 12)
    expect(fromUnit(0.75)).toBeCloseTo(0.1, 12)
  })

  it('mirrors the log range for reverse-log: fine near high', () => {
    const log = warp('log', 1, 100)
    const reverse = warp('reverse-log', 1, 100)
    expect(reverse.fromUnit(0.5)).toBeCloseTo(101 - log.fromUnit(0.5), 12)
    expect(reverse.toUnit(91)).toBeCloseTo(0.5, 12)
  })

  it.each(scales)('%s: the ends are the bounds to the last bit, and places beyond them too', (scale) => {
    const { fromUnit } = warp(scale, 1e-4, 0.3)
    expect([-0.1, 0, 1, 1.1].map(fromUnit)).toEqual([1e-4, 1e-4, 0.3, 0.3])
  })

  it('does not leave the unit interval by a rounding', () => {
    expect(Object.is(warp('reverse-log', 0.1, 0.2).toUnit(0.1), 0)).toBe(true)
  })

  test.prop([fc.constantFrom(...scales), range, fc.double({ min: 0, max: 1, noNaN: true })], { seed: 4 })(
    'is its own way back, rising and within its bounds',
    (scale, [low, high], unit) => {
      const { toUnit, fromUnit } = warp(scale, low, high)
      const value = fromUnit(unit)
      expect(value).toBeGreaterThanOrEqual(low)
      expect(value).toBeLessThanOrEqual(high)
      const back = toUnit(value)
      expect(back).toBeGreaterThanOrEqual(0)
      expect(back).toBeLessThanOrEqual(1)
      expect(Math.abs(fromUnit(back) - value)).toBeLessThanOrEqual(1e-9 * high)
      expect(fromUnit(Math.min(1, unit + 0.01))).toBeGreaterThanOrEqual(value)
    },
  )
})
