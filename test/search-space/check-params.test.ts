import { describe, expect, it } from 'vitest'
import type { Params } from '../../src/core/params.ts'
import { checkParams } from '../../src/search-space/check-params.ts'
import { choice, fixed, float, int, list } from '../../src/search-space/parameter.ts'
import { Space } from '../../src/search-space/space.ts'
import { caught } from './caught.ts'

const space = Space.declare({
  rate: float(0, 1, { step: 0.1 }),
  units: int(1, 8, { scale: 'log', step: 2 }),
  optimizer: choice(['adam', 'sgd']),
  momentum: float(0, 1).when('optimizer', 'sgd'),
  mode: fixed('deep'),
  layers: int(0, 3).when('optimizer', 'adam'),
  drops: list(float(0, 0.5), { length: 'layers' }),
  widths: list(int(1, 9, { step: 2 }), { length: [1, 2] }),
})
const good: Params = {
  rate: 0.3,
  units: 4,
  optimizer: 'adam',
  mode: 'deep',
  layers: 2,
  drops: [0, 0.5],
  widths: [1, 9],
}

describe('checkParams', () => {
  it.each<[string, Params]>([
    ['a configuration', {}],
    ['a step reached by sums', { rate: 0.1 + 0.2 }],
    ['an empty list', { layers: 0, drops: [] }],
  ])('lets %s pass', (_, changes) => {
    expect(() => checkParams(space, { ...good, ...changes })).not.toThrow()
  })

  it('lets the list of an inactive length be empty, and nothing else', () => {
    const sgd = { rate: 0.3, units: 4, optimizer: 'sgd', momentum: 0.5, mode: 'deep', drops: [], widths: [1] }
    expect(() => checkParams(space, sgd)).not.toThrow()
    expect(caught(() => checkParams(space, { ...sgd, drops: [0.1] })).message).toContain('a list of 0 items')
  })

  it.each<[string, Record<string, unknown>]>([
    ['"rat" is not a parameter', { rat: 1 }],
    ['"toString" is not a parameter', { toString: 1 }],
    ['"rate" has no value', { rate: undefined }],
    ['"rate" is 2, expected a number from 0 to 1 in steps of 0.1', { rate: 2 }],
    ['"rate" is 0.35', { rate: 0.35 }],
    ['"rate" is "0.3"', { rate: '0.3' }],
    ['"rate" is null', { rate: Number.NaN }],
    ['"units" is 3, expected a whole number from 1 to 8, each 2 times the one before', { units: 3 }],
    ['"units" is 2.5', { units: 2.5 }],
    ['"optimizer" is "lion", expected one of "adam", "sgd"', { optimizer: 'lion' }],
    ['"momentum" has a value although its condition does not hold', { momentum: 0.5 }],
    ['"momentum" has no value', { optimizer: 'sgd' }],
    ['"mode" is "wide", expected "deep"', { mode: 'wide' }],
    ['"drops" is [0], expected a list of 2 items, each a number from 0 to 0.5', { drops: [0] }],
    ['"drops" is [0,0.6]', { drops: [0, 0.6] }],
    ['"drops" is 0.5', { drops: 0.5 }],
    ['"widths" is [], expected a list of 1 to 2 items', { widths: [] }],
    ['"widths" is [2]', { widths: [2] }],
  ])('refuses: %s', (message, changes) => {
    const error = caught(() => checkParams(space, { ...good, ...changes } as Params))
    expect(error.code).toBe('space/bad-value')
    expect(error.message).toContain(message)
    expect(error.hint).toContain('rate, units, optimizer')
  })
})
