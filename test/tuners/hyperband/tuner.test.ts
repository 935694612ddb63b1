import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { simulate } from '../../../bench/simulation/simulate.ts'
import { RandomStream } from '../../../src/core/random.ts'
import { choice, float } from '../../../src/search-space/parameter.ts'
import { Space } from '../../../src/search-space/space.ts'
import { hyperband } from '../../../src/tuners/hyperband/hyperband.ts'
import { hyperbandPlan } from '../../../src/tuners/hyperband/plan.ts'
import type { Observation } from '../../../src/tuners/tuner.ts'
import { tunerContract } from '../../contracts/tuner.ts'

tunerContract('hyperband', () => hyperband({ iterations: 100 }), { exhausts: false, long: { trials: 1000, ms: 15 } })

const space = Space.declare({ x: float(0, 1) })
const context = { space, epochs: 27, random: new RandomStream('hyperband') }

/** Better the larger x is, at every epoch. */
const curve = (params: { readonly [name: string]: unknown }) =>
  Array.from({ length: 100 }, (_, epoch) => 1 - Number(params.x) + 1 / (epoch + 1))

/** How many trials of each bracket have been trained up to each of its budgets or further. */
function reached(history: readonly Observation[], iterations = 1): number[][] {
  const brackets = Array.from({ length: iterations }, () => hyperbandPlan(27, 3)).flat()
  return brackets.map((bracket, at) =>
    bracket.map(
      ({ epochs }) =>
        history.filter(({ note, curve }) => (note as { bracket: number }).bracket === at && curve.length >= epochs)
          .length,
    ),
  )
}

describe('hyperband', () => {
  it.each([1, 2, 5])('trains the trials of its plan with %i workers, and no epoch twice', (workers) => {
    const { history, jobs } = simulate(hyperband({ iterations: 2 }).create(context), { workers, curve })
    const table = [[27, 9, 3, 1], [12, 4, 2], [6, 2], [4]]
    expect(reached(history, 2)).toEqual([...table, ...table])
    const tuner = hyperband({ iterations: 2 }).create(context)
    expect([tuner.suggest(history, 1), tuner.exhausted?.(history)]).toEqual([[], false])
    const epochs = jobs.reduce((sum, { from, to }) => sum + to - from, 0)
    expect(epochs).toBe(history.reduce((sum, trial) => sum + trial.curve.length, 0))
  })

  test.prop([fc.integer({ min: 1, max: 8 }), fc.integer()], { numRuns: 20 })(
    'promotes the best of each rung, in whatever order they finish',
    (workers, seed) => {
      const random = new RandomStream(seed)
      const { history } = simulate(hyperband().create(context), { workers, curve, duration: () => random.next() })
      for (const [at, bracket] of hyperbandPlan(27, 3).entries()) {
        const trials = history.filter(({ note }) => (note as { bracket: number }).bracket === at)
        const byMerit = trials.toSorted((a, b) => Number(b.params.x) - Number(a.params.x))
        for (const rung of bracket.slice(1)) {
          const promoted = byMerit.filter((trial) => trial.curve.length >= rung.epochs)
          expect(promoted).toEqual(byMerit.slice(0, rung.trials))
        }
      }
    },
  )

  it('starts the next bracket while a rung waits for its last result', () => {
    const tuner = hyperband().create(context)
    const first = tuner.suggest([], 28)
    expect(first.map(({ note }) => (note as { bracket: number }).bracket)).toEqual([...Array(27).fill(0), 1])
    expect(first.map(({ epochs }) => epochs)).toEqual([...Array(27).fill(1), 3])
  })

  it('counts failed and pruned trials as the worst and goes on with what is left', () => {
    const nan = (params: { readonly [name: string]: unknown }) =>
      Number(params.x) > 0.3 ? [Number.NaN] : curve(params)
    const { history } = simulate(hyperband().create(context), { workers: 3, curve: nan })
    const survivors = history.filter((trial) => trial.status === 'complete')
    const ofFirst = survivors.filter(({ note }) => (note as { bracket: number }).bracket === 0)
    expect(ofFirst.length).toBeGreaterThan(3)
    expect(reached(history)[0]).toEqual([27, Math.min(9, ofFirst.length), 3, 1])
    for (const trial of history) if (trial.status === 'failed') expect(trial.epochs).toBeLessThan(28)
  })

  it('ends early, without a repetition, when the space is used up', () => {
    const small = { ...context, space: Space.declare({ x: choice([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]) }) }
    const { history } = simulate(hyperband().create(small), { workers: 2, curve })
    expect(history.map(({ params }) => params.x).toSorted()).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8])
    expect(reached(history)[0]).toEqual([8, 8, 3, 1])
    const tuner = hyperband().create(small)
    expect(tuner.suggest(history, 2)).toEqual([])
    expect([tuner.exhausted?.(history), tuner.exhausted?.(history.slice(0, 7))]).toEqual([true, false])
  })

  it('takes its largest budget from maxEpochs and refuses more than the study trains', () => {
    expect(hyperband({ maxEpochs: 9 }).create(context).suggest([], 1)[0]?.epochs).toBe(1)
    expect(hyperband({ maxEpochs: 26 }).create(context).suggest([], 1)[0]?.epochs).toBe(3)
    expect(() => hyperband({ maxEpochs: 81 }).create(context)).toThrowError(/maxEpochs/)
    expect(() => hyperband({ factor: 1 })).toThrowError(/factor/)
    expect(() => hyperband({ iterations: 0 })).toThrowError(/iterations/)
  })
})
