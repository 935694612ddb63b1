import { describe, expect, it } from 'vitest'
import { float } from '../../../src/search-space/parameter.ts'
import { Space } from '../../../src/search-space/space.ts'
import { Encoding } from '../../../src/tuners/bayesian-optimization/encoding.ts'
import { observedPoints } from '../../../src/tuners/bayesian-optimization/observed-points.ts'
import type { Observation } from '../../../src/tuners/tuner.ts'

const encoding = new Encoding(Space.declare({ x: float(0, 1) }))

function trial(number: number, change: Partial<Observation>): Observation {
  const params = { x: number / 8 }
  return {
    number,
    params,
    status: 'complete',
    epochs: 9,
    value: number,
    curve: [],
    folds: [],
    note: undefined,
    ...change,
  }
}

describe('observed points', () => {
  it('are finished trials in order of their numbers, and pending ones apart', () => {
    const history = [
      trial(0, {}),
      trial(1, { status: 'pending', value: undefined }),
      trial(2, { status: 'failed', value: 7 }),
      trial(3, { status: 'pruned', value: 3, curve: [3, 5] }),
      trial(4, { status: 'pruned', value: 4 }),
      trial(5, { value: Number.NEGATIVE_INFINITY }),
    ]
    const { rows, values, pending } = observedPoints(history, encoding)
    expect([...rows]).toEqual([0, 0.25, 0.375, 0.5, 0.625])
    expect([...values]).toEqual([0, Number.NaN, 5, 4, Number.NaN])
    expect(pending.map((row) => [...row])).toEqual([[0.125]])
  })
})
