import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { choiceDimension, type Dimension, numberDimension } from '../../src/search-space/dimension.ts'
import { choice, float, int } from '../../src/search-space/parameter.ts'
import type { ChoiceSpec, NumberSpec } from '../../src/search-space/spec.ts'

const axis = { name: 'x', parameter: 'x' }
const numeric = (parameter: { spec: unknown }) => numberDimension(axis, parameter.spec as NumberSpec)
const choices = (parameter: { spec: unknown }) => choiceDimension(axis, parameter.spec as ChoiceSpec)

const levelled: readonly (readonly [string, Dimension])[] = [
  ['int', numeric(int(-3, 4))],
  ['int on a log scale', numeric(int(1, 40, { scale: 'log' }))],
  ['int on a reverse-log scale', numeric(int(1, 40, { scale: 'reverse-log' }))],
  ['wide int on a log scale', numeric(int(1, 200, { scale: 'log' }))],
  ['int in steps', numeric(int(0, 100, { step: 7 }))],
  ['int by factors', numeric(int(16, 256, { scale: 'log', step: 2 }))],
  ['float in steps', numeric(float(-0.3, 0.6, { step: 0.1 }))],
  ['float by factors', numeric(float(1e-5, 1, { scale: 'log', step: 10 }))],
  ['ordered choice', choices(choice([8, 16, 64]))],
  ['categorical choice', choices(choice(['a', 'b', 'c', 'd', 'e']))],
  ['one value', choices(choice(['only']))],
]

describe.each(levelled)('%s', (_, dimension) => {
  const values = Array.from({ length: dimension.levels }, (_, i) => dimension.level(i))

  it('has as many different values as levels, and knows the level of each', () => {
    expect(new Set(values).size).toBe(dimension.levels)
    expect(values.map(dimension.levelOf)).toEqual(values.map((_, i) => i))
  })

  it('parts [0, 1] into bins that touch', () => {
    const bins = values.map(dimension.bin)
    expect(bins[0]?.[0]).toBe(0)
    expect(bins.at(-1)?.[1]).toBe(1)
    bins.slice(1).forEach(([from], i) => {
      expect(from).toBe(bins[i]?.[1])
    })
    for (const [from, to] of bins) expect(to).toBeGreaterThan(from)
  })

  it('puts each value inside its bin, and gives the bin back to it', () => {
    for (const value of values) {
      const [from, to] = dimension.bin(value)
      const unit = dimension.toUnit(value)
      expect(unit).toBeGreaterThan(from)
      expect(unit).toBeLessThan(to)
      const inside = [unit, from + 1e-9 * (to - from), to - 1e-9 * (to - from)]
      for (const place of inside) expect(Object.is(dimension.fromUnit(place), value)).toBe(true)
    }
  })

  it('gives both ends, and what lies beyond, to the outermost values', () => {
    expect([-1, 0].map(dimension.fromUnit)).toEqual([values[0], values[0]])
    expect([1, 2].map(dimension.fromUnit)).toEqual([values.at(-1), values.at(-1)])
  })
})

describe('kinds of dimension', () => {
  it('are continuous for floats, discrete for what has an order, else categorical', () => {
    expect(numeric(float(0, 1)).kind).toBe('continuous')
    expect(numeric(float(0, 1, { step: 0.5 })).kind).toBe('discrete')
    expect(numeric(int(0, 1)).kind).toBe('discrete')
    expect(choices(choice([1, 2])).kind).toBe('discrete')
    expect(choices(choice([1, 2], { ordered: false })).kind).toBe('categorical')
    expect(choices(choice(['s', 'm', 'l'], { ordered: true })).kind).toBe('discrete')
  })

  it('give ints on a log scale bins that shrink', () => {
    const { bin } = numeric(int(1, 16, { scale: 'log' }))
    const widths = [1, 2, 8, 16].map((value) => bin(value)[1] - bin(value)[0])
    expect(widths[0]).toBeCloseTo(Math.log(3) / Math.log(33), 12)
    expect(widths).toEqual([...widths].sort((a, b) => b - a))
  })

  it('have no levels and empty bins on a continuous range', () => {
    const dimension = numeric(float(0, 2))
    expect(dimension.levels).toBe(Number.POSITIVE_INFINITY)
    expect(dimension.bin(1)).toEqual([0.5, 0.5])
    expect(() => dimension.level(0)).toThrow('"x" is continuous')
    expect(() => dimension.levelOf(1)).toThrow('"x" is continuous')
  })

  it('refuse a value that is no choice', () => {
    expect(() => choices(choice(['a', 'b'])).toUnit('c')).toThrow('"c" is not a value of dimension "x"')
  })

  test.prop([fc.integer({ min: -(2 ** 40), max: 2 ** 40 - 1 }), fc.integer({ min: 1, max: 2 ** 40 }), fc.nat(1000)], {
    seed: 4,
  })('keep every int of the widest ranges through the unit interval', (low, width, thousandth) => {
    const high = Math.min(2 ** 40, low + width)
    const value = low + Math.floor(((high - low) * thousandth) / 1000)
    for (const scale of low > 0 ? (['linear', 'log', 'reverse-log'] as const) : (['linear'] as const)) {
      const dimension = numeric(int(low, high, { scale }))
      expect(dimension.fromUnit(dimension.toUnit(value))).toBe(value)
    }
  })
})
