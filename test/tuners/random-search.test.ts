import { describe, expect, it } from 'vitest'
import { choice, float, int } from '../../src/search-space/parameter.ts'
import { Space } from '../../src/search-space/space.ts'
import { randomSearch } from '../../src/tuners/random-search.ts'
import { bowl, contextFor, play, proposals } from '../contracts/play.ts'
import { tunerContract } from '../contracts/tuner.ts'
import { ordinary } from '../contracts/tuner-spaces.ts'

tunerContract('randomSearch', (trials) => randomSearch({ trials }), { long: { trials: 1000, ms: 2 } })

describe('randomSearch', () => {
  it('draws trial n from the stream of n alone', () => {
    const context = contextFor(ordinary)
    const history = play(randomSearch().create(context), bowl(ordinary), { trials: 5 })
    expect(proposals(history)).toEqual([0, 1, 2, 3, 4].map((n) => ordinary.sample(context.random.split(n))))
  })

  it('tries 100 trials unless told otherwise', () => {
    expect(play(randomSearch().create(contextFor(ordinary)), bowl(ordinary), { trials: 500 }).length).toBe(100)
  })

  it('finds the one configuration left in a space of nine hundred', () => {
    const space = Space.declare({ a: int(1, 30), b: int(1, 30) })
    const tuner = randomSearch({ trials: 2_000 }).create(contextFor(space))
    const all = play(tuner, bowl(space), { trials: 2_000, batch: 900 })
    expect(all.length).toBe(900)
    const left = all.slice(0, -1)
    expect(tuner.suggest(left, 2).map(({ params }) => params)).toEqual([all.at(-1)?.params])
  })

  it('finds what a rare constraint leaves of a finite space', () => {
    const space = new Space({ a: int(1, 300).spec, b: int(1, 300).spec }, [({ a, b }) => a === 1 && b === 300])
    const history = play(randomSearch().create(contextFor(space)), bowl(space), { trials: 5 })
    expect(proposals(history)).toEqual([{ a: 1, b: 300 }])
  })

  it('says which constraints cannot hold', () => {
    for (const spec of [{ a: int(1, 3).spec }, { a: float(0, 1).spec }]) {
      const tuner = randomSearch().create(contextFor(new Space(spec, [() => false])))
      expect(() => tuner.suggest([], 1)).toThrow(expect.objectContaining({ code: 'space/unsatisfiable' }))
    }
  })

  it('gives up a space whose continuous part no constraint lets through', () => {
    const space = new Space(
      { kind: choice(['plain', 'scaled']).spec, factor: float(0, 1).when('kind', 'scaled').spec },
      [({ kind }) => kind === 'plain'],
    )
    const tuner = randomSearch().create(contextFor(space))
    const history = play(tuner, bowl(space), { trials: 5 })
    expect(proposals(history)).toEqual([{ kind: 'plain' }])
    expect(tuner.exhausted?.(history)).toBe(true)
  })

  it.each([{ trials: 0 }, { trials: 1.5 }, { trials: Number.NaN }, { trails: 5 }])('refuses %o', (options) => {
    expect(() => randomSearch(options as never)).toThrow(expect.objectContaining({ code: 'tuner/bad-option' }))
  })
})
