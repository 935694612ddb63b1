import { describe, expect, it } from 'vitest'
import { hyperbandPlan } from '../../../src/tuners/hyperband/plan.ts'
import fixture from '../../references/fixtures/hyperband.json' with { type: 'json' }

const asPairs = (maxEpochs: number, factor: number) =>
  hyperbandPlan(maxEpochs, factor).map((bracket) => bracket.map(({ trials, epochs }) => [trials, epochs]))

describe('hyperbandPlan', () => {
  it('is the known table for 100 epochs and a factor of 3', () => {
    expect(asPairs(100, 3)).toEqual([
      [
        [98, 2],
        [33, 4],
        [11, 12],
        [4, 34],
        [2, 100],
      ],
      [
        [41, 4],
        [14, 12],
        [5, 34],
        [2, 100],
      ],
      [
        [18, 12],
        [6, 34],
        [2, 100],
      ],
      [
        [9, 34],
        [3, 100],
      ],
      [[6, 100]],
    ])
  })

  it('is the known table for 27 epochs and a factor of 3', () => {
    const trials = hyperbandPlan(27, 3).map((bracket) => bracket.map((rung) => rung.trials))
    expect(trials).toEqual([[27, 9, 3, 1], [12, 4, 2], [6, 2], [4]])
  })

  it(`equals KerasTuner ${fixture.versions['keras-tuner']} on ${fixture.plans.length} plans`, () => {
    for (const { maxEpochs, factor, brackets } of fixture.plans) {
      expect({ maxEpochs, factor, brackets: asPairs(maxEpochs, factor) }).toEqual({ maxEpochs, factor, brackets })
    }
  })
})
