import { describe, expect, it } from 'vitest'
import { float } from '../../../src/search-space/parameter.ts'
import { Space } from '../../../src/search-space/space.ts'
import { quasiRandom } from '../../../src/tuners/quasi-random/tuner.ts'
import { bowl, contextFor, play, proposals } from '../../contracts/play.ts'
import { tunerContract } from '../../contracts/tuner.ts'
import { twelve } from '../../contracts/tuner-spaces.ts'

tunerContract('quasiRandom', (trials) => quasiRandom({ trials }), { long: { trials: 1000, ms: 2 } })

const plane = Space.declare({ x: float(0, 1), rate: float(1e-4, 1, { scale: 'log' }) })

describe('quasiRandom', () => {
  it('puts 64 trials into the 64 cells of a chessboard, on the scales of the parameters', () => {
    const history = play(quasiRandom().create(contextFor(plane)), bowl(plane), { trials: 64 })
    const cells = history.map(({ params }) => [...plane.encode(params)].map((unit) => Math.floor(unit * 8)).join())
    expect(new Set(cells).size).toBe(64)
  })

  it('goes on with the same points after trials of others', () => {
    const context = contextFor(plane)
    const points = proposals(play(quasiRandom().create(context), bowl(plane), { trials: 6 }))
    const foreign = play(quasiRandom().create(contextFor(plane, 'other')), bowl(plane), { trials: 3 })
    const after = quasiRandom().create(context).suggest(foreign, 6)
    expect(after.map(({ params }) => params)).toEqual(points)
  })

  it('spreads over a small space before it repeats a value', () => {
    const history = play(quasiRandom().create(contextFor(twelve)), bowl(twelve), { trials: 4 })
    expect(new Set(history.map(({ params }) => params.b)).size).toBe(4)
  })

  it('takes more dimensions than the sequence has', () => {
    const wide = new Space(Object.fromEntries(Array.from({ length: 140 }, (_, i) => [`x${i}`, float(0, 1).spec])))
    const history = play(quasiRandom().create(contextFor(wide)), bowl(wide), { trials: 20 })
    expect(new Set(history.map(({ params }) => params.x139)).size).toBe(20)
  })

  it.each([{ trials: 0 }, { scramble: true }])('refuses %o', (options) => {
    expect(() => quasiRandom(options as never)).toThrow(expect.objectContaining({ code: 'tuner/bad-option' }))
  })
})
