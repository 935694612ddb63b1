import { describe, expect, it } from 'vitest'
import { describeSpace } from '../../src/search-space/describe.ts'
import { boolean, choice, fixed, float, int, layerWidths, list } from '../../src/search-space/parameter.ts'

describe('describeSpace', () => {
  it('has a row in words for each parameter, in the order of declaration', () => {
    const spec = {
      units: int(8, 64).spec,
      rate: float(1e-4, 0.1, { scale: 'log' }).spec,
      dropout: float(0, 0.6, { step: 0.2 }).spec,
      filters: int(16, 256, { scale: 'log', step: 2 }).spec,
      batch: choice([8, 16]).spec,
      bias: boolean().spec,
      features: fixed(13).spec,
      widths: layerWidths({ layers: [1, 4], width: [8, 512] }).spec,
      pair: list(float(0, 1), { length: [2, 2] }).spec,
      drops: list(float(0, 0.5), { length: 'layers' }).spec,
    }
    expect(describeSpace(spec).map((row) => [row.name, row.range, row.scale])).toEqual([
      ['units', 'int 8 to 64', 'linear'],
      ['rate', 'float 0.0001 to 0.1', 'log'],
      ['dropout', 'float 0 to 0.6 in steps of 0.2', 'linear'],
      ['filters', 'int 16 to 256 by factors of 2', 'log'],
      ['batch', '8, 16', 'ordered'],
      ['bias', 'false, true', 'categorical'],
      ['features', '13', 'fixed'],
      ['widths', '1 to 4 of int 8 to 512', 'log'],
      ['pair', '2 of float 0 to 1', 'linear'],
      ['drops', 'layers of float 0 to 0.5', 'linear'],
    ])
  })

  it('says when a parameter is active', () => {
    const condition = (parameter: { spec: ReturnType<typeof int>['spec'] }) =>
      describeSpace({ x: parameter.spec })[0]?.condition
    expect(condition(int(1, 2))).toBe('')
    expect(condition(int(1, 2).when('optimizer', 'sgd'))).toBe('optimizer is sgd')
    expect(condition(int(1, 2).when('optimizer', 'sgd', 'adam').when('layers', 1, 2, 3))).toBe(
      'optimizer is sgd or adam and layers is 1, 2 or 3',
    )
  })
})
