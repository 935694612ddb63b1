import { describe, expect, it } from 'vitest'
import { simulate } from '../../bench/simulation/simulate.ts'
import { type Scenario, type Utilization, utilization } from '../../bench/simulation/utilization.ts'
import { asha } from '../../src/tuners/asha/asha.ts'
import { hyperband } from '../../src/tuners/hyperband/hyperband.ts'
import { thresholdPruner } from '../../src/tuners/pruners/threshold-pruner.ts'
import { randomSearch } from '../../src/tuners/random-search.ts'
import type { TunerSpec } from '../../src/tuners/tuner.ts'
import { contextFor } from '../contracts/play.ts'
import { ordinary } from '../contracts/tuner-spaces.ts'

/** The least of two seeds; everything is seeded, so that these either hold or do not. */
function least(spec: TunerSpec, scenario: Scenario): Utilization {
  const runs = [0, 1].map((seed) => utilization(spec, scenario, seed))
  const least = (what: keyof Utilization) => Math.min(...runs.map((run) => run[what]))
  return { untilLastStart: least('untilLastStart'), toTheEnd: least('toTheEnd') }
}

const scenarios = (['per epoch', 'per trial'] as const).flatMap((costs) =>
  [2, 4, 8].map((workers) => [workers, costs] as const),
)

describe('workers at random costs of epochs', () => {
  it.each(scenarios)('%i are kept busy by asha, costs %s, the drain at the end included', (workers, costs) => {
    for (const [variant, epochs] of [
      ['promotion', 27],
      ['promotion', 81],
      ['stopping', 27],
    ] as const) {
      const { untilLastStart, toTheEnd } = least(asha({ trials: 300, variant }), { workers, epochs, costs })
      expect(untilLastStart).toBeGreaterThanOrEqual(0.98)
      expect(toTheEnd).toBeGreaterThanOrEqual(0.95)
    }
  })

  it.each(scenarios)('%i are kept busy by hyperband, costs %s, as brackets overlap', (workers, costs) => {
    expect(least(hyperband(), { workers, epochs: 27, costs }).untilLastStart).toBeGreaterThanOrEqual(0.95)
  })
})

describe('simulate', () => {
  const create = (spec: TunerSpec) => spec.create(contextFor(ordinary, 1, 4))

  it('starts a job whenever a worker is free', () => {
    const { jobs, history } = simulate(create(randomSearch({ trials: 5 })), {
      workers: 2,
      curve: () => [4, 3, 2, 1],
      duration: (trial) => trial + 1,
    })
    expect(jobs.map(({ trial, start, end }) => [trial, start, end])).toEqual([
      [0, 0, 4],
      [1, 0, 8],
      [2, 4, 16],
      [3, 8, 24],
      [4, 16, 36],
    ])
    expect(history.map(({ status, value, curve }) => [status, value, curve.length])).toEqual(
      Array(5).fill(['complete', 1, 4]),
    )
  })

  it('ends trials at a NaN and where a pruner says so', () => {
    const { history } = simulate(create(randomSearch({ trials: 2 })), {
      workers: 1,
      curve: (_, number) => (number === 0 ? [1, Number.NaN, 1, 1] : [1, 2, 3, 4]),
      pruner: thresholdPruner({ upper: 2.5 }),
    })
    expect(history.map(({ status, curve }) => [status, curve])).toEqual([
      ['failed', [1, Number.NaN]],
      ['pruned', [1, 2, 3]],
    ])
  })

  it('continues trials and stops when told to', () => {
    let epochs = 0
    const { jobs } = simulate(create(asha({ trials: 9 })), {
      workers: 1,
      curve: () => [4, 3, 2, 1],
      onEpoch: () => (++epochs < 6 ? 'continue' : 'stop'),
    })
    expect(jobs.map(({ trial, from, to }) => [trial, from, to])).toEqual([
      [0, 0, 1],
      [1, 0, 1],
      [2, 0, 1],
      [0, 1, 3],
      [3, 0, 1],
    ])
  })

  it('trains the configuration that stands in for the one proposed', () => {
    const stand = { x: 0, y: 0, rate: 1e-3, units: 8, activation: 'relu' }
    const { history } = simulate(create(randomSearch({ trials: 3 })), {
      workers: 1,
      curve: ({ x }) => [Number(x)],
      realize: () => stand,
    })
    expect(history.map(({ params, value }) => [params, value])).toEqual(Array(3).fill([stand, 0]))
  })
})
