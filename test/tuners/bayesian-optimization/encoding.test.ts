import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src/core/random.ts'
import { choice, float } from '../../../src/search-space/parameter.ts'
import { Space } from '../../../src/search-space/space.ts'
import { drawNeighbour, drawRow } from '../../../src/tuners/bayesian-optimization/candidates.ts'
import { Encoding } from '../../../src/tuners/bayesian-optimization/encoding.ts'
import { everything } from '../../contracts/tuner-spaces.ts'

describe('encoding for the kernel', () => {
  test.prop([fc.integer()])('brings configurations back', (seed) => {
    const encoding = new Encoding(everything)
    const params = everything.sample(new RandomStream(seed))
    const again = encoding.decode(encoding.encode(params))
    expect(Object.keys(again)).toEqual(Object.keys(params))
    expect(
      encoding.encode(again).every((place, c) => Math.abs(place - (encoding.encode(params)[c] as number)) < 1e-9),
    ).toBe(true)
  })

  test.prop([fc.integer()])('of a drawn row, once imputed, is the encoding of its configuration', (seed) => {
    const encoding = new Encoding(everything)
    const random = new RandomStream(seed)
    const imputed = new Float64Array(encoding.layout.columns)
    const first = drawRow(encoding, random)
    for (const row of [first, drawNeighbour(encoding, encoding.encode(encoding.decode(first)), random)]) {
      encoding.impute(row, imputed)
      encoding.encode(encoding.decode(row)).forEach((place, c) => {
        expect(imputed[c]).toBeCloseTo(place, 9)
      })
    }
  })

  it('puts numbers first and categories last, and leaves out what has one value', () => {
    const space = Space.declare({ kind: choice(['a', 'b', 'c']), only: choice(['x']), rate: float(0, 1) })
    const encoding = new Encoding(space)
    expect(encoding.layout).toEqual({ columns: 2, numeric: 1 })
    expect([...encoding.encode({ kind: 'c', only: 'x', rate: 0.25 })]).toEqual([0.25, 2])
  })

  it('holds the middle for an inactive number and -1 for an inactive category', () => {
    const space = Space.declare({
      optimizer: choice(['sgd', 'adam']),
      momentum: float(0, 1).when('optimizer', 'sgd'),
      schedule: choice(['cosine', 'constant']).when('optimizer', 'sgd'),
    })
    const encoding = new Encoding(space)
    expect([...encoding.encode({ optimizer: 'adam' })]).toEqual([0.5, 1, -1])
    expect([...encoding.active(Float64Array.of(0.1, 1, 0))]).toEqual([0, 1, 0])
    expect([...encoding.active(Float64Array.of(0.1, 0, 0))]).toEqual([1, 1, 1])
  })
})
