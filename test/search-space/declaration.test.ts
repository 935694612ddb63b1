import { describe, expect, it } from 'vitest'
import { compareSpaces } from '../../src/search-space/compare.ts'
import { declarationOf } from '../../src/search-space/declaration.ts'
import {
  boolean,
  choice,
  fixed,
  float,
  int,
  layerWidths,
  list,
  type Parameter,
} from '../../src/search-space/parameter.ts'

const declarations: readonly (readonly [string, Parameter])[] = [
  ['float(0, 0.6)', float(0, 0.6)],
  ["float(0.0001, 0.1, { scale: 'log' })", float(1e-4, 1e-1, { scale: 'log' })],
  ["int(16, 256, { scale: 'log', step: 2, default: 32 })", int(16, 256, { scale: 'log', step: 2, default: 32 })],
  ['choice([8, 16])', choice([8, 16])],
  ['choice([8, 16], { ordered: false })', choice([8, 16], { ordered: false })],
  ["choice(['a', 'b'], { default: 'b' })", choice(['a', 'b'], { default: 'b' })],
  ["choice(['s', 'm'], { ordered: true })", choice(['s', 'm'], { ordered: true })],
  ["choice([\"it's\", '\"', '1', 1])", choice(["it's", '"', '1', 1])],
  ['boolean()', boolean()],
  ['boolean({ default: false })', boolean({ default: false })],
  ["fixed('relu')", fixed('relu')],
  ['fixed(13)', fixed(13)],
  ['list(float(0, 1), { length: [1, 4] })', list(float(0, 1), { length: [1, 4] })],
  ["list(int(1, 9), { length: 'n', default: [1, 2] })", list(int(1, 9), { length: 'n', default: [1, 2] })],
  ['layerWidths({ layers: [1, 4], width: [8, 512] })', layerWidths({ layers: [1, 4], width: [8, 512] })],
  ["layerWidths({ layers: 'n', width: [8, 512] })", layerWidths({ layers: 'n', width: [8, 512] })],
  ["float(0, 1).when('a', 1, 2)", float(0, 1).when('a', 1, 2)],
  ["float(0, 1).when('a', true).when('b', 'x')", float(0, 1).when('a', true).when('b', 'x')],
]

describe('declarationOf', () => {
  it.each(declarations)('%s', (text, parameter) => {
    expect(declarationOf(parameter.spec)).toBe(text)
  })

  it.each(declarations)('%s evaluates to the parameter it came from', (text, { spec }) => {
    const names = { float, int, choice, boolean, fixed, list, layerWidths }
    const evaluate = new Function(...Object.keys(names), `return ${text}`)
    expect(evaluate(...Object.values(names)).spec).toEqual(spec)
  })

  it('does not depend on the order of conditions and their values', () => {
    const one = float(0, 1).when('a', 2, 1).when('b', 'x')
    const other = float(0, 1).when('b', 'x').when('a', 1, 2)
    expect(declarationOf(one.spec)).toBe(declarationOf(other.spec))
  })
})

describe('compareSpaces', () => {
  const before = { units: int(8, 64).spec, layers: int(1, 3).spec, optimizer: choice(['adam', 'sgd']).spec }

  it('finds nothing where only the order of declaration differs', () => {
    const { units, layers, optimizer } = before
    expect(compareSpaces(before, { optimizer, layers, units })).toEqual([])
    expect(compareSpaces(before, JSON.parse(JSON.stringify(before)))).toEqual([])
  })

  it('says what changed, what is new and what is gone', () => {
    const after = {
      dropout: float(0, 0.6).spec,
      units: int(8, 128).spec,
      optimizer: choice(['adam', 'sgd']).when('dropout2', true).spec,
      dropout2: boolean().spec,
    }
    expect(compareSpaces(before, after)).toEqual([
      'dropout: new',
      'units: int(8, 128) was int(8, 64)',
      "optimizer: choice(['adam', 'sgd']).when('dropout2', true) was choice(['adam', 'sgd'])",
      'dropout2: new',
      'layers: gone',
    ])
  })

  it('sees changes of order, scale, step, default', () => {
    const of = (parameter: Parameter) => ({ x: parameter.spec })
    const changes: [Parameter, Parameter][] = [
      [choice(['a', 'b']), choice(['b', 'a'])],
      [choice([1, 2]), choice([1, 2], { ordered: false })],
      [float(1, 2), float(1, 2, { scale: 'log' })],
      [float(1, 2), float(1, 2, { step: 0.5 })],
      [float(1, 2), float(1, 2, { default: 1.5 })],
      [choice(['1']), choice([1])],
      [boolean(), choice([true, false])],
    ]
    for (const [a, b] of changes) expect(compareSpaces(of(a), of(b))).toHaveLength(1)
  })

  it('is not misled by the names every object has', () => {
    expect(compareSpaces({}, Object.fromEntries([['toString', int(1, 2).spec]]))).toEqual(['toString: new'])
  })
})
