import { describe, expect, it } from 'vitest'
import { gridSearch } from '../../src/tuners/grid-search.ts'
import { randomSearch } from '../../src/tuners/random-search.ts'
import { tryFirst } from '../../src/tuners/try-first.ts'
import { bowl, contextFor, play, proposals } from '../contracts/play.ts'
import { tunerContract } from '../contracts/tuner.ts'
import { constrained, twelve } from '../contracts/tuner-spaces.ts'

const known = [
  { a: 3, b: 'q' },
  { a: 1, b: 's' },
]

tunerContract('tryFirst over randomSearch', (trials) => {
  const inner = randomSearch({ trials })
  // One configuration of whatever space the rule is about.
  return {
    ...inner,
    create: (context) =>
      tryFirst(
        inner,
        [context.space.defaults()].filter((p) => context.space.allows(p)),
      ).create(context),
  }
})

describe('tryFirst', () => {
  it('begins with the known configurations, in order and each once, then goes on with the tuner', () => {
    const spec = tryFirst(gridSearch(), [...known, { b: 'q', a: 3 }])
    const tried = proposals(play(spec.create(contextFor(twelve)), bowl(twelve), { trials: 50 }))
    expect(tried.slice(0, 3)).toEqual([...known, { a: 1, b: 'p' }])
    expect(new Set(tried.map((params) => twelve.key(params))).size).toBe(12)
    expect(tried.length).toBe(12)
  })

  it('gives the tuner its turn in the same batch', () => {
    const tuner = tryFirst(gridSearch(), known).create(contextFor(twelve))
    expect(tuner.suggest([], 1).map(({ params }) => params)).toEqual(known.slice(0, 1))
    expect(tuner.suggest([], 4).map(({ params }) => params)).toEqual([...known, { a: 1, b: 'p' }, { a: 1, b: 'q' }])
  })

  it('is told like the tuner it decorates', () => {
    const spec = tryFirst(randomSearch({ trials: 9 }), known)
    const json = { name: 'randomSearch', options: { trials: 9, tryFirst: known } }
    expect({ name: spec.name, options: spec.options }).toEqual(json)
    expect(spec.create(contextFor(twelve)).toJSON()).toEqual(json)
  })

  it('may be applied twice, and is stored as if it had been once', () => {
    const [first, second] = known
    if (first === undefined || second === undefined) throw new Error('Two are known.')
    const twice = tryFirst(tryFirst(gridSearch(), [second]), [first])
    const once = tryFirst(gridSearch(), known)
    expect({ name: twice.name, options: twice.options }).toEqual({ name: once.name, options: once.options })
    const tried = (spec: typeof once) => proposals(play(spec.create(contextFor(twelve)), bowl(twelve), { trials: 5 }))
    expect(tried(twice)).toEqual(tried(once))
  })

  it('refuses what is no configuration of the space', () => {
    const create =
      (params: object, space = twelve) =>
      () =>
        tryFirst(gridSearch(), [params as never]).create(contextFor(space))
    for (const wrong of [create({ a: 9, b: 'q' }), create({ a: 1 }), create({ a: 3, b: 2 }, constrained)]) {
      expect(wrong).toThrow(expect.objectContaining({ code: 'space/bad-value' }))
    }
  })
})
