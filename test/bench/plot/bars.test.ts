import { describe, expect, it } from 'vitest'
import { bars } from '../../../bench/plot/bars.ts'

const lengths = (plot: string) => plot.split('\n').flatMap((line) => line.match(/█+/)?.[0].length ?? [])
const rows = (name: string, values: readonly number[]) =>
  values.map((value, i) => ({ case: name, what: `simd@${i}`, unit: 'trials/min', value }))

describe('bars', () => {
  it('grow by the same length for the same factor', () => {
    expect(lengths(bars('trials/min', rows('width', [10, 100, 1000])))).toEqual([1, 24, 48])
  })

  it('have a scale of their own in each case, and the values beside them', () => {
    const plot = bars('trials/min', [...rows('width', [1, 10]), ...rows('depth', [1234, 9999])])
    expect(plot).toContain('width (trials/min, logarithmic)')
    expect(plot).toMatch(/█ +1230$/m)
    expect(lengths(plot)).toEqual([1, 48, 4, 48])
  })
})
