import { describe, expect, it } from 'vitest'
import { rungValue } from '../../src/tuners/rung-value.ts'
import type { Observation } from '../../src/tuners/tuner.ts'

const observation = (part: Partial<Observation>): Observation => ({
  number: 0,
  params: {},
  status: 'complete',
  epochs: 9,
  value: undefined,
  curve: [],
  folds: [],
  note: undefined,
  ...part,
})

describe('rungValue', () => {
  it('is the mean of the folds at their best epochs, up to the rung', () => {
    const trial = observation({
      folds: [
        [5, 3, 4, 1],
        [6, 7, 5, 2],
      ],
    })
    expect([1, 2, 3, 4].map((epochs) => rungValue(trial, epochs))).toEqual([5.5, 4.5, 4, 1.5])
  })

  it('takes the best of a fold that stopped early', () => {
    expect(
      rungValue(
        observation({
          folds: [
            [5, 3],
            [6, 7, 5, 1],
          ],
        }),
        4,
      ),
    ).toBe(2)
  })

  it('passes over NaN, and is infinite where a fold has nothing else', () => {
    expect(rungValue(observation({ folds: [[Number.NaN, 3, 2]] }), 2)).toBe(3)
    expect(rungValue(observation({ folds: [[1], [Number.NaN]] }), 2)).toBe(Number.POSITIVE_INFINITY)
  })

  it('falls back on the curve, then on the value', () => {
    expect(rungValue(observation({ curve: [4, 2, 1], value: 1 }), 2)).toBe(2)
    expect(rungValue(observation({ value: 7 }), 2)).toBe(7)
    expect(rungValue(observation({}), 2)).toBe(Number.POSITIVE_INFINITY)
  })
})
