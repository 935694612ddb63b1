import { describe, expect, it } from 'vitest'
import { choice, float, int } from '../../../src/search-space/parameter.ts'
import { Space } from '../../../src/search-space/space.ts'
import { type CmaEsOptions, cmaEs } from '../../../src/tuners/cma-es/tuner.ts'
import { tryFirst } from '../../../src/tuners/try-first.ts'
import type { Observation } from '../../../src/tuners/tuner.ts'
import { bowl, contextFor, observe, play, proposals } from '../../contracts/play.ts'
import { tunerContract } from '../../contracts/tuner.ts'

tunerContract('cmaEs', (trials) => cmaEs({ trials }), { long: { trials: 1000, ms: 5 } })

const five = new Space(Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`x${i}`, float(-1, 1).spec])))

function study(space: Space, options: CmaEsOptions, trials: number, seed = 1): Observation[] {
  return play(cmaEs({ trials, ...options }).create(contextFor(space, seed)), bowl(space), { trials })
}

function best(history: readonly Observation[]): number {
  return Math.min(...history.map(({ value = Number.POSITIVE_INFINITY }) => value))
}

describe('cmaEs', () => {
  it('converges on a bowl', () => {
    for (let seed = 0; seed < 5; seed++) expect(best(study(five, {}, 600, seed))).toBeLessThan(1e-8)
  })

  it('asks for whole generations', () => {
    const generations = study(five, { popsize: 8 }, 20).map(({ note }) => (note as { generation: number }).generation)
    expect(generations).toEqual([...Array(8).fill(0), ...Array(8).fill(1), ...Array(4).fill(2)])
  })

  it('does not wait for a slow trial, and does not change its mind when that one is done', () => {
    const tuner = cmaEs({ popsize: 4 }).create(contextFor(five))
    const history = play(tuner, bowl(five), { trials: 4 })
    const slow = history[1] as Observation
    const waiting = history.with(1, { ...slow, status: 'pending', value: undefined })
    const [fifth] = tuner.suggest(waiting, 1)
    expect(fifth?.note).toEqual({ generation: 0, from: [] })
    if (fifth === undefined) throw new Error('Expected a suggestion.')
    waiting.push(observe(4, fifth, bowl(five)(fifth.params, 4)))
    const [sixth] = tuner.suggest(waiting, 1)
    expect(sixth?.note).toEqual({ generation: 1, from: [0, 2, 3, 4] })
    if (sixth === undefined) throw new Error('Expected a suggestion.')
    waiting.push(observe(5, sixth, bowl(five)(sixth.params, 5)))
    expect(tuner.suggest(waiting.with(1, slow), 1)).toEqual(tuner.suggest(waiting, 1))
  })

  it('starts in the middle, or from the best of what was tried first', () => {
    const params = { x0: 0.9, x1: -0.9, x2: 0.9, x3: -0.9, x4: 0.9 }
    const centre = (spec: ReturnType<typeof cmaEs>) => {
      const history = play(spec.create(contextFor(five)), bowl(five), { trials: 60 }).filter(
        ({ note }) => note !== undefined,
      )
      return history.slice(0, 20).reduce((sum, trial) => sum + Number(trial.params.x0), 0) / 20
    }
    expect(Math.abs(centre(cmaEs({ popsize: 20, sigma0: 0.02 })))).toBeLessThan(0.1)
    expect(centre(tryFirst(cmaEs({ popsize: 20, sigma0: 0.02 }), [params]))).toBeGreaterThan(0.8)
  })

  it('searches ints and ordered choices along, and leaves categories and conditions to chance', () => {
    const space = Space.declare({
      units: int(0, 100),
      width: choice([8, 16, 32, 64]),
      kind: choice(['a', 'b']),
      extra: float(0, 1).when('kind', 'a'),
    })
    const history = study(space, {}, 120)
    const late = history.slice(-20)
    expect(Math.max(...late.map(({ params }) => Math.abs(Number(params.units) - 30)))).toBeLessThan(25)
    expect(new Set(late.map(({ params }) => params.kind)).size).toBe(2)
  })

  it('never gets stuck on a level', () => {
    // The first coordinate says nothing until the second is right, and by then all draws share one level.
    const space = Space.declare({ level: int(0, 3), x: float(0, 1) })
    const tuner = cmaEs({ trials: 200 }).create(contextFor(space))
    const objective = (params: Observation['params']) => {
      const value = (Number(params.x) - 0.5) ** 2 + (Number(params.level) === 3 ? 0 : 1e-6)
      return { status: 'complete' as const, value }
    }
    const history = play(tuner, objective, { trials: 200 })
    expect(proposals(history.slice(100)).some(({ level }) => level === 3)).toBe(true)
    expect(new Set(proposals(history.slice(150)).map(({ level }) => level)).size).toBeGreaterThan(1)
  })

  it('draws at random where there is no number to search', () => {
    const space = Space.declare({ kind: choice(['a', 'b', 'c']), way: choice(['x', 'y']) })
    expect(new Set(proposals(study(space, {}, 10)).map((params) => space.key(params))).size).toBe(6)
  })

  it.each([{ sigma0: 0 }, { sigma0: 2 }, { popsize: 3 }, { sigma: 1 }])('refuses %o', (options) => {
    expect(() => cmaEs(options as never)).toThrow(expect.objectContaining({ code: 'tuner/bad-option' }))
  })
})
