import { expect, test } from 'vitest'
import { cornersOf } from '../../src/search-space/corners.ts'
import { choice, float, int, layerWidths } from '../../src/search-space/parameter.ts'
import { Space } from '../../src/search-space/space.ts'

test('the corners of a space have every parameter at its first and at its last value', () => {
  const space = Space.declare({
    units: int(8, 128, { scale: 'log' }),
    rate: float(0, 0.6),
    batchSize: choice([16, 32, 64]),
    widths: layerWidths({ layers: [1, 3], width: [4, 32] }),
  })
  const [low = [], high = []] = cornersOf(space)
  expect(low[0]).toEqual({ units: 8, rate: 0, batchSize: 16, widths: [4] })
  expect(high[0]).toEqual({ units: 128, rate: 0.6, batchSize: 64, widths: [32, 32, 32] })
  expect(low.at(-1)).toEqual(space.defaults())
  expect(high.at(-1)).toEqual(space.defaults())
})

test('a parameter under a condition is there where the condition holds', () => {
  const space = Space.declare({
    optimizer: choice(['adam', 'sgd']),
    momentum: float(0.5, 0.9).when('optimizer', 'sgd'),
  })
  const [low = [], high = []] = cornersOf(space)
  expect([low[0], high[0]]).toEqual([{ optimizer: 'adam' }, { optimizer: 'sgd', momentum: 0.9 }])
})

test('what constraints keep out is left out: points towards the middle, then the defaults stand for a corner', () => {
  const declared = { a: int(0, 100), b: int(0, 100) }
  const sumBelow = (limit: number) => Space.declare(declared, [({ a, b }) => Number(a) + Number(b) < limit])
  const [low = [], high = []] = cornersOf(sumBelow(190))
  expect(low[0]).toEqual({ a: 0, b: 0 })
  expect(high[0]).toEqual({ a: 90, b: 90 })
  expect(cornersOf(sumBelow(120))[1]).toEqual([{ a: 50, b: 50 }])
  expect(cornersOf(Space.declare(declared, [() => false]))).toEqual([[], []])
})
