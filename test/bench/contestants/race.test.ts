import { describe, expect, it } from 'vitest'
import type { Entrant } from '../../../bench/contestants/entrants.ts'
import { race } from '../../../bench/contestants/race.ts'
import type { Case } from '../../../bench/workloads/cases.ts'

const workload: Case = {
  name: 'any',
  folds: 2,
  epochs: 3,
  batchSize: 10,
  rows: { training: 100, validation: 10 },
  flop: 1e6,
  part: { tfjs: 10, keras: 10 },
  trials: 1,
}

/** Says of a part that an epoch takes so long, and of every whole trial that it takes a second more than the last one. */
function entrant(epochSeconds: number, trains?: boolean): Entrant {
  const script = `
    console.log('{}')
    let trialSeconds = 10
    require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
      const part = { setupSeconds: 0, epochSeconds: ${epochSeconds}, steps: 10, stepMs: 1 }
      console.log(JSON.stringify(line === 'trial' ? { trialSeconds: trialSeconds++ } : part))
    })`
  const told = {
    what: 'someone',
    threads: 1,
    units: ['trials/min'],
    command: [process.execPath, '-e', script],
  } as const
  return trains === undefined ? told : { ...told, trains }
}

const row = async (someone: Entrant, rounds = 3) => (await race(workload, [someone], rounds)).rows[0]

describe('a race', () => {
  it('trains two whole trials where there is time', async () => {
    const found = await row(entrant(1, true))
    expect(found?.value).toBeCloseTo((60 / 10 + 60 / 11) / 2)
    expect(found?.extrapolated).toBeUndefined()
  })

  it('extrapolates what would take too long, and says so', async () => {
    expect(await row(entrant(20, true))).toMatchObject({ value: 60 / (2 * 3 * 20), extrapolated: true })
  })

  it('extrapolates what is not to train whole trials', async () => {
    expect(await row(entrant(1, false), 1)).toMatchObject({ value: 10, extrapolated: true })
  })
})
