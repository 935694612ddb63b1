import { describe, expect, it } from 'vitest'
import { boolean, choice, fixed, float, int, layerWidths, list } from '../../src/search-space/parameter.ts'
import { Space } from '../../src/search-space/space.ts'
import { type GridSearchOptions, gridSearch } from '../../src/tuners/grid-search.ts'
import { bowl, contextFor, play, proposals } from '../contracts/play.ts'
import { tunerContract } from '../contracts/tuner.ts'

tunerContract('gridSearch', (trials) => gridSearch({ trials, points: 6 }), {
  seeded: false,
  long: { trials: 1000, ms: 2 },
})

function grid(space: Space, options: GridSearchOptions = {}) {
  return proposals(play(gridSearch(options).create(contextFor(space)), bowl(space), { trials: 10_000 }))
}

describe('gridSearch', () => {
  it('lists the product in the order of declaration, the last parameter fastest', () => {
    const space = Space.declare({
      units: int(1, 2),
      on: boolean(),
      dropout: float(0, 0.5, { step: 0.25 }),
      tag: fixed('t'),
    })
    expect(grid(space)).toEqual(
      [1, 2].flatMap((units) =>
        [false, true].flatMap((on) => [0, 0.25, 0.5].map((dropout) => ({ units, on, dropout, tag: 't' }))),
      ),
    )
  })

  it('takes evenly spaced points, each on its scale and with both ends', () => {
    const points = (space: Space, count: number) => grid(space, { points: count }).map(({ x }) => x)
    expect(points(Space.declare({ x: float(0, 0.6) }), 4)).toEqual([0, 0.2, 0.4, 0.6])
    expect(points(Space.declare({ x: float(1e-4, 0.1, { scale: 'log' }) }), 4)).toEqual([1e-4, 1e-3, 1e-2, 0.1])
    expect(points(Space.declare({ x: float(1, 3) }), 1)).toEqual([2])
    expect(points(Space.declare({ x: int(1, 10) }), 4)).toEqual([1, 4, 7, 10])
    expect(points(Space.declare({ x: int(8, 512, { scale: 'log' }) }), 4)).toEqual([8, 32, 128, 512])
  })

  it('lets a parameter have its own number of points, and takes few ints whole', () => {
    const space = Space.declare({ x: float(0, 1), y: float(0, 1), n: int(1, 5) })
    expect(grid(space, { points: { x: 2, y: 3 } }).length).toBe(2 * 3 * 5)
    expect(grid(space, { points: { x: 2, y: 3, n: 2 } }).length).toBe(2 * 3 * 2)
    expect(grid(space, { points: 3 }).length).toBe(3 * 3 * 3)
  })

  it('multiplies by active parameters only, whatever the order of declaration', () => {
    const space = Space.declare({
      momentum: float(0, 0.9, { step: 0.3 }).when('optimizer', 'sgd'),
      optimizer: choice(['adam', 'sgd']),
    })
    expect(grid(space)).toEqual([
      { optimizer: 'adam' },
      ...[0, 0.3, 0.6, 0.9].map((momentum) => ({ momentum, optimizer: 'sgd' })),
    ])
  })

  it('lists lists, by their own length or by that of a parameter', () => {
    const free = Space.declare({ rates: list(float(0, 1, { step: 1 }), { length: [0, 2] }) })
    expect(grid(free).map(({ rates }) => rates)).toEqual([[], [0], [1], [0, 0], [0, 1], [1, 0], [1, 1]])
    const bound = Space.declare({ layers: int(1, 2), widths: layerWidths({ layers: 'layers', width: [4, 64] }) })
    expect(grid(bound, { points: { widths: 2 } }).map(({ widths }) => widths)).toEqual([
      [4],
      [64],
      [4, 4],
      [4, 64],
      [64, 4],
      [64, 64],
    ])
  })

  it('leaves out what a constraint forbids', () => {
    const space = new Space({ a: int(1, 3).spec, b: int(1, 3).spec }, [({ a, b }) => Number(a) < Number(b)])
    expect(grid(space)).toEqual([
      { a: 1, b: 2 },
      { a: 1, b: 3 },
      { a: 2, b: 3 },
    ])
  })

  it('goes on after any trial, and skips what others have tried', () => {
    const space = Space.declare({ a: int(1, 4), b: int(1, 4) })
    const context = contextFor(space)
    const whole = play(gridSearch().create(context), bowl(space), { trials: 100 })
    for (let from = 0; from <= 16; from++) {
      expect(play(gridSearch().create(context), bowl(space), { trials: 100, from: whole.slice(0, from) })).toEqual(
        whole,
      )
    }
    const foreign = whole.slice(2, 3).map((trial) => ({ ...trial, number: 0 }))
    const rest = gridSearch().create(context).suggest(foreign, 100)
    expect(rest.map(({ params }) => params)).toEqual(proposals(whole).toSpliced(2, 1))
  })

  it.each([
    ['a float', Space.declare({ rate: float(0, 0.9) }), 10],
    ['a long int', Space.declare({ rate: int(1, 1000) }), 10],
    ['an int of a hundred values', Space.declare({ rate: int(1, 100) }), 100],
    ['the items of a list', Space.declare({ rate: list(float(0, 1), { length: [1, 2] }) }), 10 + 10 * 10],
  ])('takes ten points of %s that says nothing else', (_, space, count) => {
    expect(grid(space).length).toBe(count)
  })

  it('refuses points for what has none to take', () => {
    const space = Space.declare({ x: float(0, 1), kind: choice(['a', 'b']) })
    for (const points of [{ kind: 2 }, { z: 2 }]) {
      expect(() => gridSearch({ points }).create(contextFor(space))).toThrow(
        expect.objectContaining({ code: 'tuner/bad-option', hint: 'Points are for: x.' }),
      )
    }
  })

  it.each([{ points: 0 }, { points: { x: 1.5 } }, { points: [3] }, { trials: 0 }, { steps: 3 }])(
    'refuses %o',
    (options) => {
      expect(() => gridSearch(options as never)).toThrow(expect.objectContaining({ code: 'tuner/bad-option' }))
    },
  )
})
