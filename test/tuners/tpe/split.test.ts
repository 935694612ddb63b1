import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { split } from '../../../src/tuners/tpe/split.ts'

const trial = (loss: number) => ({ loss, tier: 0, point: Float64Array.of(loss) as Float64Array })

describe('the split of trials into good and bad', () => {
  const losses = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(Number.POSITIVE_INFINITY)), {
    maxLength: 80,
  })

  test.prop([losses], { seed: 1 })('takes the best tenth of those with a loss, of equals the earlier', (values) => {
    const trials = values.map((loss) => trial(loss))
    const ranked = [...trials.keys()]
      .filter((i) => Number.isFinite(values[i]))
      .sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b)
    const expected = ranked.slice(0, Math.ceil(ranked.length / 10)).sort((a, b) => a - b)
    const { good, bad } = split(trials, 0.1)
    const points = trials.map(({ point }) => point)
    expect(good.map((one) => points.indexOf(one))).toEqual(expected)
    expect(bad.map((one) => points.indexOf(one))).toEqual([...points.keys()].filter((i) => !expected.includes(i)))
  })

  it('takes 25 at most', () => {
    const trials = Array.from({ length: 400 }, (_, i) => trial((i * 37) % 400))
    const { good, bad } = split(trials, 0.1)
    expect(good.map(([loss = 0]) => loss).sort((a, b) => a - b)).toEqual([...Array(25).keys()])
    expect(bad.length).toBe(375)
  })
})
