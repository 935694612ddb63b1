import { describe, expect, it } from 'vitest'
import { isBetter, standingOf } from '../../src/tuners/standing.ts'
import type { Observation } from '../../src/tuners/tuner.ts'

function trial(status: Observation['status'], value?: number, epochs = 0): Observation {
  const curve = Array.from({ length: epochs }, () => value ?? 0)
  return { number: 0, params: {}, status, epochs: 9, value, curve, folds: [curve], note: undefined }
}

describe('the standing of a trial', () => {
  it('puts complete before pruned, pruned by how far they got, and those without result last', () => {
    const order = [
      trial('complete', 1, 9),
      trial('complete', 2, 9),
      trial('pruned', 5, 6),
      trial('pruned', 0, 3),
      trial('pruned', 1, 3),
      trial('failed'),
    ].map(standingOf)
    for (const [i, better] of order.entries()) {
      for (const [j, worse] of order.entries()) expect(isBetter(better, worse)).toBe(i < j)
    }
  })

  it('has no result for failed and pending trials, and for what is not a number', () => {
    const without = [trial('failed', 1), trial('pending', 1), trial('complete', Number.NaN), trial('pruned')]
    for (const observation of without) expect(standingOf(observation).loss).toBe(Number.POSITIVE_INFINITY)
    expect(isBetter(standingOf(trial('failed')), standingOf(trial('pending')))).toBe(false)
  })
})
