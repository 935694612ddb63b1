import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.ts'
import { choice, float, int, list, type Parameter } from '../../src/search-space/parameter.ts'
import { Space } from '../../src/search-space/space.ts'

const DRAWS = 20_000

/** Pearson's statistic of the counts against the chances. */
function chiSquare(counts: readonly number[], chances: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0)
  return counts.reduce(
    (sum, count, i) => sum + (count - total * (chances[i] ?? 0)) ** 2 / (total * (chances[i] ?? 0)),
    0,
  )
}

function samples(parameter: Parameter): number[] {
  const space = Space.declare({ x: parameter })
  const random = new RandomStream('sampling')
  return Array.from({ length: DRAWS }, () => space.sample(random).x as number)
}

/** Exceeded with a chance of 1e-6 by a uniform sampler, were the seed another: chi-square's upper tail by degrees of freedom. */
const critical: Readonly<Record<number, number>> = { 2: 27.63, 3: 30.66, 4: 33.38, 7: 40.52, 9: 44.81, 11: 48.87 }

describe('samples of levels fall into each bin by its width', () => {
  it.each<[string, Parameter]>([
    ['int', int(3, 12)],
    ['int on a log scale', int(1, 8, { scale: 'log' })],
    ['int on a reverse-log scale', int(1, 8, { scale: 'reverse-log' })],
    ['int by factors', int(16, 256, { scale: 'log', step: 2 })],
    ['float in steps', float(0, 1.1, { step: 0.1 })],
    ['choice', choice([8, 16, 64])],
    ['categories', choice([4, 2, 3, 9], { ordered: false })],
  ])('%s', (_, parameter) => {
    const [dimension] = Space.declare({ x: parameter }).dimensions
    const values = Array.from({ length: dimension?.levels ?? 0 }, (_, i) => Number(dimension?.level(i)))
    const chances = values.map((value) => {
      const [from, to] = dimension?.bin(value) ?? [0, 0]
      return to - from
    })
    const drawn = samples(parameter)
    const counts = values.map((value) => drawn.filter((each) => each === value).length)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(DRAWS)
    expect(chiSquare(counts, chances)).toBeLessThan(critical[values.length - 1] ?? 0)
  })
})

describe('samples of reals', () => {
  it.each<[string, Parameter, (x: number) => number]>([
    ['linear', float(-1, 3), (x) => (x + 1) / 4],
    ['log', float(1e-4, 1, { scale: 'log' }), (x) => 1 + Math.log10(x) / 4],
    ['reverse-log', float(1, 10, { scale: 'reverse-log' }), (x) => 1 - Math.log10(11 - x)],
  ])('are uniform on a %s scale', (_, parameter, unit) => {
    const counts = new Array<number>(10).fill(0)
    for (const value of samples(parameter)) {
      const at = Math.floor(unit(value) * 10)
      counts[at] = (counts[at] ?? 0) + 1
    }
    expect(chiSquare(counts, new Array<number>(10).fill(0.1))).toBeLessThan(critical[9] ?? 0)
  })
})

describe('samples of lists', () => {
  it('have each length equally often, and items that are uniform', () => {
    const drawn = samples(list(int(0, 9), { length: [1, 4] })) as unknown as (readonly number[])[]
    const lengths = [1, 2, 3, 4].map((length) => drawn.filter((items) => items.length === length).length)
    expect(chiSquare(lengths, [0.25, 0.25, 0.25, 0.25])).toBeLessThan(critical[3] ?? 0)
    const items = drawn.flat()
    const counts = Array.from({ length: 10 }, (_, value) => items.filter((item) => item === value).length)
    expect(chiSquare(counts, new Array<number>(10).fill(0.1))).toBeLessThan(critical[9] ?? 0)
  })
})
