import { describe, expect, it } from 'vitest'
import { signedRankAbove } from '../../../src/tuners/pruners/signed-rank.ts'
import fixture from '../../references/fixtures/pruners.json' with { type: 'json' }

describe('signedRankAbove', () => {
  it(`equals SciPy ${fixture.versions.scipy} with and without ties and zeros`, () => {
    for (const { differences, p } of fixture.signedRanks) expect(signedRankAbove(differences)).toBeCloseTo(p, 12)
  })

  it('is 1/2^n where all of n are above zero, and 1 of none', () => {
    expect([[1], [1, 2], [3, 1, 2]].map(signedRankAbove)).toEqual([1 / 2, 1 / 4, 1 / 8])
    expect(signedRankAbove([])).toBe(1)
  })
})
