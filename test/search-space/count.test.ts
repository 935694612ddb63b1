import { describe, expect, it } from 'vitest'
import { countConfigurations } from '../../src/search-space/count.ts'
import type { SpaceDeclaration } from '../../src/search-space/infer.ts'
import { boolean, choice, fixed, float, int, list } from '../../src/search-space/parameter.ts'
import { Space } from '../../src/search-space/space.ts'

const count = (declaration: SpaceDeclaration) => countConfigurations(new Space(specs(declaration)))
const specs = (declaration: SpaceDeclaration) =>
  Object.fromEntries(Object.entries(declaration).map(([name, { spec }]) => [name, spec]))

describe('countConfigurations', () => {
  it('multiplies what is independent', () => {
    expect(count({})).toBe(1)
    expect(count({ a: int(1, 10), b: choice(['x', 'y', 'z']), c: fixed(1), d: boolean() })).toBe(60)
    expect(count({ a: float(0, 1, { step: 0.25 }), b: int(16, 256, { scale: 'log', step: 2 }) })).toBe(25)
  })

  it('is infinite with a continuous parameter that can be active', () => {
    expect(count({ a: boolean(), b: float(0, 1) })).toBe(Number.POSITIVE_INFINITY)
    expect(count({ a: boolean(), b: float(0, 1).when('a', true) })).toBe(Number.POSITIVE_INFINITY)
    expect(count({ a: fixed(1), b: float(0, 1).when('a', 1).when('c', 2), c: fixed(2) })).toBe(Number.POSITIVE_INFINITY)
  })

  it('adds where a parameter is active only sometimes', () => {
    expect(count({ a: choice(['x', 'y', 'z']), b: int(1, 5).when('a', 'x', 'y') })).toBe(11)
    expect(count({ a: boolean(), b: boolean().when('a', true), c: int(1, 3).when('b', true).when('a', true) })).toBe(5)
  })

  it('sums over the lengths of lists', () => {
    expect(count({ a: list(int(1, 3), { length: [0, 2] }) })).toBe(1 + 3 + 9)
    expect(count({ n: int(0, 2), a: list(int(1, 3), { length: 'n' }), b: list(boolish, { length: 'n' }) })).toBe(
      1 + 6 + 36,
    )
    expect(count({ a: list(float(0, 1), { length: [0, 0] }) })).toBe(1)
  })

  it('does not walk through wide parents or many independent ones', () => {
    const wide: SpaceDeclaration = { n: int(1, 2 ** 40), a: boolean().when('n', 5, 7) }
    expect(count(wide)).toBe(2 ** 40 + 2)
    const flags = Array.from({ length: 30 }, (_, i) => [
      [`flag${i}`, boolean()] as const,
      [`size${i}`, int(1, 3).when(`flag${i}`, true)] as const,
    ])
    expect(count(Object.fromEntries(flags.flat()))).toBe(4 ** 30)
  })
})

const boolish = int(0, 1)
