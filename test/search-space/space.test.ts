import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.ts'
import { boolean, choice, fixed, float, int, layerWidths, list } from '../../src/search-space/parameter.ts'
import { Space } from '../../src/search-space/space.ts'
import { caught } from './caught.ts'

/** optimizer -> momentum -> nesterov, declared children first. */
const nested = Space.declare({
  decay: float(0.9, 0.99).when('nesterov', true).when('optimizer', 'sgd'),
  nesterov: boolean().when('momentum', 2, 3),
  momentum: int(0, 3).when('optimizer', 'sgd', 'rmsprop'),
  optimizer: choice(['adam', 'rmsprop', 'sgd']),
})

describe('conditions', () => {
  it('put parents first in names, and keep the order of declaration in configurations', () => {
    expect(nested.names).toEqual(['optimizer', 'momentum', 'nesterov', 'decay'])
    expect(Object.keys(nested.decode([0.9, 0.9, 0.9, 0.5]))).toEqual(['decay', 'nesterov', 'momentum', 'optimizer'])
    const inOrder = Space.declare({ b: boolean(), a: int(1, 2).when('b', true), c: int(1, 2) })
    expect(inOrder.names).toEqual(['b', 'a', 'c'])
  })

  it('leave out what is not active, down the whole chain', () => {
    expect(nested.decode([0, 0.9, 0.9, 0.5])).toEqual({ optimizer: 'adam' })
    expect(nested.decode([0.9, 0, 0.9, 0.5])).toEqual({ optimizer: 'sgd', momentum: 0 })
    expect(nested.decode([0.9, 0.9, 0, 0.5])).toEqual({ optimizer: 'sgd', momentum: 3, nesterov: false })
    expect(nested.decode([0.5, 0.9, 0.9, 0.5])).toEqual({ optimizer: 'rmsprop', momentum: 3, nesterov: true })
    expect(nested.decode([0.9, 0.9, 0.9, 0])).toEqual({ optimizer: 'sgd', momentum: 3, nesterov: true, decay: 0.9 })
  })

  it('read no coordinate of what is not active, and encode it as NaN', () => {
    expect(nested.decode([0, Number.NaN, Number.NaN, Number.NaN])).toEqual({ optimizer: 'adam' })
    expect([...nested.encode({ optimizer: 'adam' })]).toEqual([0.5 / 3, Number.NaN, Number.NaN, Number.NaN])
    expect(() => nested.decode([0.9, Number.NaN, 0, 0])).toThrow('coordinate 1, but "momentum" is active')
    expect(() => nested.decode([0.9])).toThrow('"momentum" is active')
  })

  it('say whether a parameter is active from the values of its parents', () => {
    expect(nested.isActive('momentum', { optimizer: 'sgd' })).toBe(true)
    expect(nested.isActive('momentum', { optimizer: 'adam' })).toBe(false)
    expect(nested.isActive('nesterov', { optimizer: 'adam' })).toBe(false)
    expect(nested.isActive('optimizer', {})).toBe(true)
  })

  it('may wait for a fixed parameter', () => {
    const space = Space.declare({ mode: fixed('deep'), units: int(1, 4).when('mode', 'deep') })
    expect(space.decode([0])).toEqual({ mode: 'deep', units: 1 })
  })
})

describe('lists', () => {
  const own = Space.declare({ rate: float(0, 1), widths: layerWidths({ layers: [1, 3], width: [8, 512] }) })

  it('have their own length as first dimension', () => {
    const names = ['widths.length', 'widths[0]', 'widths[1]', 'widths[2]']
    expect(own.dimensionsOf('widths').map((dimension) => dimension.name)).toEqual(names)
    expect(own.dimensions.map((dimension) => dimension.parameter)).toEqual(['rate', ...names.map(() => 'widths')])
    expect(own.decode([0, 0, 0, 1, 0.5])).toEqual({ rate: 0, widths: [8] })
    expect(own.decode([0, 1, 0, 1, 0])).toEqual({ rate: 0, widths: [8, 512, 8] })
  })

  it('leave the coordinates of items beyond their length as NaN', () => {
    const point = own.encode({ rate: 0.5, widths: [8, 512] })
    expect(point[1]).toBe(0.5)
    expect(point[4]).toBeNaN()
    expect(own.decode(point)).toEqual({ rate: 0.5, widths: [8, 512] })
  })

  it('may be bound to a parameter declared later', () => {
    const bound = Space.declare({ drops: list(float(0, 0.5), { length: 'layers' }), layers: int(0, 3) })
    expect(bound.names).toEqual(['layers', 'drops'])
    expect(bound.dimensionsOf('drops')).toHaveLength(3)
    expect(bound.decode([0, 1, 1, 1])).toEqual({ drops: [], layers: 0 })
    expect(bound.decode([0.6, 0, 1, 1])).toEqual({ drops: [0, 0.5], layers: 2 })
  })

  it('are empty while the parameter they are bound to is inactive', () => {
    const space = Space.declare({
      deep: boolean(),
      layers: int(1, 3).when('deep', true),
      widths: layerWidths({ layers: 'layers', width: [8, 16] }),
    })
    expect(space.decode([0, 1, 0, 0, 0])).toEqual({ deep: false, widths: [] })
    expect(space.defaults()).toEqual({ deep: false, widths: [] })
    expect(space.decode([1, 0, 0, 0, 0])).toEqual({ deep: true, layers: 1, widths: [8] })
  })

  it('are absent where their own condition does not hold', () => {
    const space = Space.declare({
      deep: boolean(),
      widths: layerWidths({ layers: [1, 2], width: [8, 16] }).when('deep', true),
    })
    expect(space.decode([0, 1, 0, 0])).toEqual({ deep: false })
  })
})

describe('defaults', () => {
  it('are the middle on the scale, the first choice, the shortest list', () => {
    const space = Space.declare({
      a: float(0, 1),
      b: float(1e-4, 1, { scale: 'log' }),
      c: int(1, 9),
      d: choice(['x', 'y']),
      e: boolean(),
      f: fixed(7),
      g: list(int(1, 9), { length: [2, 4] }),
      h: int(0, 100, { step: 10 }),
    })
    const { b, ...others } = space.defaults()
    expect(b).toBeCloseTo(0.01, 12)
    expect(others).toEqual({ a: 0.5, c: 5, d: 'x', e: false, f: 7, g: [5, 5], h: 50 })
  })

  it('are the declared ones to the last bit', () => {
    const space = Space.declare({
      rate: float(1e-5, 1, { scale: 'log', default: 0.003 }),
      units: int(1, 64, { default: 20 }),
      batch: choice([8, 16, 32], { default: 16 }),
      shuffle: boolean({ default: true }),
      drops: list(float(0, 0.7), { length: [1, 3], default: [0.1, 0.3] }),
      widths: list(int(1, 9, { default: 2 }), { length: [1, 3] }),
    })
    expect(space.defaults()).toEqual({
      rate: 0.003,
      units: 20,
      batch: 16,
      shuffle: true,
      drops: [0.1, 0.3],
      widths: [2],
    })
  })

  it('of a bound list are cut or filled up to its length', () => {
    const widths = (layers: number) =>
      Space.declare({
        layers: int(1, 4, { default: layers }),
        widths: list(int(1, 99, { default: 7 }), { length: 'layers', default: [10, 20] }),
      }).defaults().widths
    expect(widths(1)).toEqual([10])
    expect(widths(3)).toEqual([10, 20, 7])
  })

  it('follow conditions', () => {
    expect(nested.defaults()).toEqual({ optimizer: 'adam' })
  })
})

describe('constraints', () => {
  const space = Space.declare({ low: int(0, 9), high: int(0, 9) }, [({ low, high }) => Number(low) < Number(high)])

  it('hold in every sample', () => {
    const random = new RandomStream(1)
    for (let i = 0; i < 500; i++) {
      const params = space.sample(random)
      expect(space.allows(params)).toBe(true)
      expect(Number(params.low)).toBeLessThan(Number(params.high))
    }
  })

  it('must all hold', () => {
    const two = Space.declare({ a: int(0, 9) }, [({ a }) => Number(a) > 2, ({ a }) => Number(a) < 5])
    expect([2, 3, 5].map((a) => two.allows({ a }))).toEqual([false, true, false])
  })

  it('may fail 999 times in a row, not 1,000', () => {
    let calls = 0
    const until = (good: number) => () => {
      calls++
      return { low: 1, high: calls === good ? 2 : 0 }
    }
    expect(space.satisfying(until(1000))).toEqual({ low: 1, high: 2 })
    calls = 0
    const error = caught(() => space.satisfying(until(1001)))
    expect(calls).toBe(1000)
    expect(error.code).toBe('space/unsatisfiable')
    expect(error.message).toContain('in 1,000 draws; 1,000 of them broke ({ low, high }) => Number(low) < Number(high)')
    expect(error.hint).toContain('Loosen')
  })

  it('are named by how often they broke', () => {
    const never = Space.declare({ a: int(0, 9) }, [({ a }) => a !== 0, () => false])
    const message = caught(() => never.sample(new RandomStream(2))).message
    expect(message).toMatch(/; 8\d\d|; 9\d\d/)
    expect(message).toContain('broke () => false')
  })
})

describe('keys', () => {
  const space = Space.declare({
    a: choice([1, '1', true, 'true', 'x|y', '|', '"']),
    b: choice(['', '|']),
    c: boolean(),
  })

  it('differ for values that only look alike', () => {
    const keys = new Set<string>()
    for (const a of [1, '1', true, 'true', 'x|y', '|', '"']) {
      for (const b of ['', '|']) for (const c of [false, true]) keys.add(space.key({ a, b, c }))
    }
    expect(keys.size).toBe(28)
  })

  it('tell an absent value from an empty one, and lists by their items', () => {
    const lists = Space.declare({ a: list(int(1, 99), { length: [0, 2] }).when('b', true), b: boolean() })
    const keys = [{ b: false }, { a: [], b: true }, { a: [1, 2], b: true }, { a: [12], b: true }].map((p) =>
      lists.key(p),
    )
    expect(new Set(keys).size).toBe(4)
  })

  it('tell neighbouring numbers apart', () => {
    const numbers = Space.declare({ a: int(1, 99), b: int(1, 99) })
    expect(numbers.key({ a: 1, b: 23 })).not.toBe(numbers.key({ a: 12, b: 3 }))
  })

  it('do not depend on the order in an object', () => {
    expect(space.key({ c: true, b: '', a: 1 })).toBe(space.key({ a: 1, b: '', c: true }))
  })
})

describe('the JSON form', () => {
  it('survives text and makes the same space', () => {
    for (const space of [
      nested,
      Space.declare({ w: layerWidths({ layers: [1, 3], width: [8, 64] }), f: fixed('a') }),
    ]) {
      const again = new Space(JSON.parse(JSON.stringify(space)))
      expect(again.spec).toEqual(space.spec)
      expect(again.names).toEqual(space.names)
      const [one, other] = [new RandomStream(3), new RandomStream(3)]
      for (let i = 0; i < 50; i++) expect(again.sample(one)).toEqual(space.sample(other))
    }
  })

  it('is validated on the way back', () => {
    expect(caught(() => new Space({ x: { kind: 'int', low: 2, high: 1, scale: 'linear' } })).code).toBe(
      'space/bad-bounds',
    )
  })

  it('may be empty: a space that hp will find', () => {
    expect(new Space({}).sample(new RandomStream(1))).toEqual({})
  })
})
