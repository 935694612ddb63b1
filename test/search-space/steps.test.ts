import { describe, expect, it } from 'vitest'
import { float, int } from '../../src/search-space/parameter.ts'
import type { NumberSpec } from '../../src/search-space/spec.ts'
import { stepsOf } from '../../src/search-space/steps.ts'

function levels(parameter: { spec: unknown }): number[] {
  const spec = parameter.spec as NumberSpec
  const steps = stepsOf(spec, Number(spec.step))
  return Array.from({ length: steps.count }, (_, i) => steps.at(i))
}

describe('stepsOf', () => {
  it('adds on a linear scale and stops at the last level inside', () => {
    expect(levels(int(0, 10, { step: 3 }))).toEqual([0, 3, 6, 9])
    expect(levels(int(8, 64, { step: 8 }))).toEqual([8, 16, 24, 32, 40, 48, 56, 64])
  })

  it('writes decimals as a person would, up to the last one', () => {
    expect(levels(float(0, 1, { step: 0.1 }))).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
    expect(levels(float(-0.3, 0.3, { step: 0.1 }))).toEqual([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3])
    expect(levels(float(-0.9, 0.3, { step: 0.3 })).map(String)).toEqual(['-0.9', '-0.6', '-0.3', '0', '0.3'])
    expect(Object.is(levels(float(-0.9, 0.3, { step: 0.3 }))[3], 0)).toBe(true)
    expect(levels(float(1e-15, 3e-15, { step: 1e-15 }))).toEqual([1e-15, 2e-15, 3e-15])
    expect(levels(float(1e-7, 4e-7, { step: 1e-7 }))).toEqual([1e-7, 2e-7, 3e-7, 4e-7])
  })

  it('never leaves the range, whatever digits its bounds have', () => {
    const low = 0.12345678901234568
    expect(levels(float(low, 1, { scale: 'log', step: 2 }))[0]).toBe(low)
    expect(Math.max(...levels(float(1 / 3, 1, { step: 1 / 9 })))).toBeLessThanOrEqual(1)
  })

  it('multiplies on a log scale', () => {
    expect(levels(int(16, 256, { scale: 'log', step: 2 }))).toEqual([16, 32, 64, 128, 256])
    expect(levels(float(1e-4, 1e-1, { scale: 'log', step: 10 }))).toEqual([1e-4, 1e-3, 1e-2, 1e-1])
    expect(levels(int(4, 20, { scale: 'log', step: 1.5 }))).toEqual([4, 6, 9, 14])
  })

  it('finds the nearest level on its scale', () => {
    const linear = stepsOf(int(0, 100, { step: 10 }).spec as NumberSpec, 10)
    expect([-5, 14, 16, 99, 1000].map(linear.indexOf)).toEqual([0, 1, 2, 10, 10])
    const log = stepsOf(int(1, 64, { scale: 'log', step: 2 }).spec as NumberSpec, 2)
    expect([1, 5, 6, 1000].map(log.indexOf)).toEqual([0, 2, 3, 6])
  })
})
