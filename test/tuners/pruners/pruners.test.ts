import { describe, expect, it } from 'vitest'
import type { PruningMoment } from '../../../src/tuners/pruner.ts'
import { hyperbandPruner, successiveHalvingPruner } from '../../../src/tuners/pruners/halving-pruner.ts'
import { noPruner } from '../../../src/tuners/pruners/no-pruner.ts'
import { patientPruner } from '../../../src/tuners/pruners/patient-pruner.ts'
import { medianPruner, percentilePruner } from '../../../src/tuners/pruners/percentile-pruner.ts'
import { prunerFromJSON, prunerNames } from '../../../src/tuners/pruners/registry.ts'
import { thresholdPruner } from '../../../src/tuners/pruners/threshold-pruner.ts'
import { wilcoxonPruner } from '../../../src/tuners/pruners/wilcoxon-pruner.ts'
import type { Observation } from '../../../src/tuners/tuner.ts'
import { prunerContract } from '../../contracts/pruner.ts'
import fixture from '../../references/fixtures/pruners.json' with { type: 'json' }

prunerContract('noPruner', noPruner, { stops: false, stopsNaN: false })
prunerContract('medianPruner', medianPruner)
prunerContract('percentilePruner', () => percentilePruner({ percentile: 25 }))
prunerContract('successiveHalvingPruner', successiveHalvingPruner)
prunerContract('hyperbandPruner', () => hyperbandPruner({ maxEpochs: 27 }))
prunerContract('thresholdPruner', () => thresholdPruner({ upper: 3 }), { compares: false, withinFold: false })
prunerContract('patientPruner', () => patientPruner(medianPruner(), { patience: 2 }), { stopsNaN: false })
prunerContract('wilcoxonPruner', wilcoxonPruner, { stopsNaN: false, withinFold: false })

const statuses: { readonly [state: string]: Observation['status'] } = {
  COMPLETE: 'complete',
  PRUNED: 'pruned',
  FAIL: 'failed',
}

function observation(number: number, folds: readonly (readonly number[])[], state = 'pending'): Observation {
  const numbers = folds.flat()
  const status = statuses[state] ?? 'pending'
  const value = status === 'complete' ? numbers.reduce((sum, one) => sum + one, 0) / numbers.length : undefined
  return { number, params: {}, status, epochs: 27, value, curve: [], folds, note: undefined }
}

/** The study of a fixture over again: until when each trial runs. `split` makes folds of a series of values. */
function replay(
  pruner: { readonly name: string; readonly options: object },
  series: readonly (readonly (number | null)[])[],
  ends: readonly (readonly (number | string)[])[],
  split: (values: readonly number[]) => { folds: readonly (readonly number[])[]; moment: PruningMoment },
): (number | string)[][] {
  const { decide } = prunerFromJSON(pruner as never)
  const history: Observation[] = []
  return series.map((raw, number) => {
    const values = raw.map((value) => value ?? Number.NaN)
    let length = 0
    let decision = 'continue'
    while (length < values.length && decision === 'continue') {
      const { folds, moment } = split(values.slice(0, ++length))
      decision = decide(observation(number, folds), moment, history)
    }
    const state = String(ends[number]?.[1])
    history.push(observation(number, split(values.slice(0, length)).folds, state))
    return [length, decision === 'stop' ? 'PRUNED' : state === 'PRUNED' ? 'not pruned' : state]
  })
}

const asCurve = (values: readonly number[]) => ({
  folds: [values],
  moment: { fold: 0, epoch: values.length, value: values.at(-1) ?? Number.NaN },
})
const asFolds = (values: readonly number[]) => ({
  folds: values.map((value) => [value]),
  moment: { fold: values.length - 1, epoch: 1, value: values.at(-1) ?? Number.NaN },
})

describe(`pruners decide as those of Optuna ${fixture.versions.optuna}`, () => {
  it.each(fixture.cases.map((one) => [one.name, JSON.stringify(one.options), one] as const))('%s %s', (_, __, one) => {
    expect(replay(one, fixture.curves, one.ends, asCurve)).toEqual(one.ends)
  })

  it.each(fixture.wilcoxon.map((one) => [JSON.stringify(one.options), one] as const))('wilcoxonPruner %s', (_, one) => {
    expect(replay({ name: 'wilcoxonPruner', options: one.options }, fixture.scores, one.ends, asFolds)).toEqual(
      one.ends,
    )
  })
})

describe('the registry of pruners', () => {
  const needed: { readonly [name: string]: object } = {
    percentilePruner: { percentile: 10 },
    hyperbandPruner: { maxEpochs: 9, factor: 2 },
    thresholdPruner: { upper: 1 },
    patientPruner: { patience: 2, inner: { name: 'medianPruner', options: { startupTrials: 2 } } },
  }

  it.each(prunerNames)('brings %s back from its JSON', (name) => {
    const json = { name, options: needed[name] ?? {} }
    const pruner = prunerFromJSON(json as never)
    expect(pruner.name).toBe(name)
    expect(JSON.parse(JSON.stringify(pruner))).toEqual(json)
  })

  it('knows no others', () => {
    for (const name of ['meanPruner', 'toString', '']) {
      expect(() => prunerFromJSON({ name, options: {} })).toThrow(expect.objectContaining({ code: 'tuner/unknown' }))
    }
  })

  it.each(
    prunerNames.flatMap((name) => [
      [name, { ...needed[name], nonsense: 1 }],
      [name, { ...needed[name], toString: 1 }],
    ]),
  )('%s refuses %o', (name, options) => {
    expect(() => prunerFromJSON({ name, options } as never)).toThrow(
      expect.objectContaining({ code: 'tuner/bad-option' }),
    )
  })

  it.each([
    ['medianPruner', { startupTrials: -1 }],
    ['medianPruner', { interval: 0 }],
    ['medianPruner', { percentile: 30 }],
    ['percentilePruner', {}],
    ['percentilePruner', { percentile: 101 }],
    ['successiveHalvingPruner', { factor: 1 }],
    ['hyperbandPruner', {}],
    ['thresholdPruner', {}],
    ['thresholdPruner', { lower: 2, upper: 1 }],
    ['thresholdPruner', { upper: Number.NaN }],
    ['patientPruner', { patience: 2 }],
    ['patientPruner', { patience: -1, inner: { name: 'noPruner' } }],
    ['patientPruner', { inner: { name: 'noPruner' } }],
    ['wilcoxonPruner', { pThreshold: 2 }],
  ])('%s refuses %o', (name, options) => {
    expect(() => prunerFromJSON({ name, options } as never)).toThrow(
      expect.objectContaining({ code: 'tuner/bad-option' }),
    )
  })
})
