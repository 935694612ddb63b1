import { describe, expect, it } from 'vitest'
import { EpochClock } from '../../../bench/measure/epochs.ts'

describe('EpochClock', () => {
  it('goes on for two epochs however short the time is', () => {
    const clock = new EpochClock(0)
    expect([clock.epoch(), clock.epoch()]).toEqual(['continue', 'stop'])
  })

  it('goes on while there is time', () => {
    const clock = new EpochClock(1e9)
    expect([clock.epoch(), clock.epoch(), clock.epoch()]).toEqual(['continue', 'continue', 'continue'])
  })

  it('tells the first epoch from the others', async () => {
    const clock = new EpochClock(0)
    await new Promise((resolve) => setTimeout(resolve, 40))
    clock.epoch()
    clock.epoch()
    const { setupSeconds, epochSeconds } = clock.result
    expect(setupSeconds + epochSeconds).toBeGreaterThan(0.03)
    expect(epochSeconds).toBeLessThan(setupSeconds)
  })
})
