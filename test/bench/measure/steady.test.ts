import { describe, expect, it } from 'vitest'
import { steady } from '../../../bench/measure/steady.ts'

describe('a steady study', () => {
  it('counts trials after the warm ones only', () => {
    const trials = [5000, 6000, 7000, 8000]
    expect(steady(trials, [], 1, 2).trialsPerMinute).toBe(60)
  })

  it('counts the work of its workers between the two ends', () => {
    const jobs = [
      { at: 1100, durationMs: 200 },
      { at: 1900, durationMs: 600 },
      { at: 2500, durationMs: 1000 },
    ]
    // Within 1000 .. 2000: 100 of the first, all of the second, 500 of the third.
    expect(steady([1000, 2000], jobs, 2, 1).busy).toBeCloseTo((100 + 600 + 500) / 2000)
  })
})
