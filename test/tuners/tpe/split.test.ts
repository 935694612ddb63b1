import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { Evaluations } from '../../../src/tuners/tpe/evaluations.ts'
import { split } from '../../../src/tuners/tpe/split.ts'

function trials(losses: readonly number[]): Evaluations {
  const evaluations = new Evaluations(1)
  for (const loss of losses) evaluations.push(Float64Array.of(0.5), { loss, tier: 0 })
  return evaluations
}

describe('the split of trials into good and bad', () => {
  const losses = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(Number.POSITIVE_INFINITY)), {
    maxLength: 80,
  })

  test.prop([losses], { seed: 1 })('takes the best tenth of those with a loss, of equals the earlier', (values) => {
    const ranked = [...values.keys()]
      .filter((i) => Number.isFinite(values[i]))
      .sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b)
    const expected = ranked.slice(0, Math.ceil(ranked.length / 10)).sort((a, b) => a - b)
    const { good, bad } = split(trials(values), 0.1)
    expect([...good]).toEqual(expected)
    expect([...bad]).toEqual([...values.keys()].filter((i) => !expected.includes(i)))
  })

  it('compares tiers before losses', () => {
    const evaluations = trials([3, 1, 2])
    evaluations.set(1, Float64Array.of(0.5), { loss: 1, tier: 0.5 })
    expect([...split(evaluations, 0.4).good]).toEqual([0, 2])
  })

  it('takes 25 at most', () => {
    const losses = Array.from({ length: 400 }, (_, i) => (i * 37) % 400)
    const { good, bad } = split(trials(losses), 0.1)
    expect([...good].map((i) => losses[i] ?? 0).sort((a, b) => a - b)).toEqual([...Array(25).keys()])
    expect(bad.length).toBe(375)
  })
})
