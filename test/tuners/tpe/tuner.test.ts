import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src/core/random.ts'
import { choice, float, int, layerWidths } from '../../../src/search-space/parameter.ts'
import { Space } from '../../../src/search-space/space.ts'
import { randomSearch } from '../../../src/tuners/random-search.ts'
import type { Standing } from '../../../src/tuners/standing.ts'
import { Evaluations } from '../../../src/tuners/tpe/evaluations.ts'
import { groupAxes } from '../../../src/tuners/tpe/groups.ts'
import { TpeModel } from '../../../src/tuners/tpe/model.ts'
import { tpe } from '../../../src/tuners/tpe/tuner.ts'
import type { TunerSpec } from '../../../src/tuners/tuner.ts'
import { bowl, contextFor, type Objective, play, proposals } from '../../contracts/play.ts'
import { tunerContract } from '../../contracts/tuner.ts'
import { ordinary } from '../../contracts/tuner-spaces.ts'

tunerContract('tpe', (trials) => tpe({ trials }), { long: { trials: 1000, ms: 15 } })

const plane = Space.declare({ x: float(0, 1), y: float(0, 1) })

function evaluations(trials: readonly (Standing & { readonly point: Float64Array })[]): Evaluations {
  const evaluations = new Evaluations(plane.dimensions.length)
  for (const trial of trials) evaluations.push(trial.point, trial)
  return evaluations
}

describe('tpe', () => {
  it('begins with the trials of random search', () => {
    const start = (spec: TunerSpec) => play(spec.create(contextFor(ordinary)), bowl(ordinary), { trials: 12 })
    const [ours, random] = [proposals(start(tpe({ startup: 10 }))), proposals(start(randomSearch()))]
    expect(ours.slice(0, 10)).toEqual(random.slice(0, 10))
    expect(ours[10]).not.toEqual(random[10])
  })

  it('does not count failures as startup', () => {
    const context = contextFor(ordinary)
    const failing: Objective = () => ({ status: 'failed', value: undefined })
    const failures = play(tpe().create(context), failing, { trials: 30 })
    expect(proposals(failures)).toEqual(proposals(play(randomSearch().create(context), failing, { trials: 30 })))
  })

  it('comes much closer than random search: 40 trials, each of 10 seeds', () => {
    const best = (spec: TunerSpec, seed: number) => {
      const history = play(spec.create(contextFor(plane, seed)), bowl(plane), { trials: 40 })
      return Math.min(...history.map(({ value = 1 }) => value))
    }
    const wins = Array.from({ length: 10 }, (_, seed) => best(tpe(), seed) < best(randomSearch(), seed))
    expect(wins.filter(Boolean).length).toBeGreaterThanOrEqual(8)
  })

  it('stays away from where trials fail', () => {
    const cliff: Objective = (params) =>
      Number(params.x) > 0.5 ? { status: 'failed', value: undefined } : { status: 'complete', value: Number(params.y) }
    const failed = Array.from({ length: 5 }, (_, seed) => {
      const history = play(tpe().create(contextFor(plane, seed)), cliff, { trials: 60 })
      return history.slice(30).filter(({ status }) => status === 'failed').length
    })
    // Random search: 75 of 150, and less than 50 once in twenty thousand times.
    expect(failed.reduce((sum, count) => sum + count)).toBeLessThan(50)
  })

  it('spreads a batch that is asked for at once', () => {
    const context = contextFor(plane)
    const history = play(tpe().create(context), bowl(plane), { trials: 40 })
    const batch = tpe().create(context).suggest(history, 8)
    const alone = batch.map((_, i) =>
      new TpeModel(plane).propose(
        evaluations(history.map(({ params, value = 0 }) => ({ point: plane.encode(params), tier: 0, loss: value }))),
        context.random.split(40 + i),
        () => false,
      ),
    )
    // The first is what a single worker would get; the others know of it as pending.
    expect(batch[0]?.params).toEqual(alone[0])
    expect(batch.slice(1).map(({ params }) => params)).not.toEqual(alone.slice(1))
  })

  it.each([{ startup: 0 }, { candidates: 0 }, { gamma: 0 }, { gamma: 0.6 }, { gamma: '0.1' }])(
    'refuses %o',
    (options) => {
      expect(() => tpe(options as never)).toThrow(expect.objectContaining({ code: 'tuner/bad-option' }))
    },
  )
})

describe('the model of tpe', () => {
  const random = new RandomStream(7)
  const never = () => false
  const at = (x: number, loss: number, tier = 0) => ({ point: plane.encode({ x, y: x }), loss, tier })
  const nearZero = (trials: readonly ReturnType<typeof at>[]) => {
    const model = new TpeModel(plane)
    const draws = Array.from({ length: 20 }, (_, i) =>
      Number(model.propose(evaluations(trials), random.split(i), never)?.x),
    )
    return draws.filter((x) => x < 0.5).length
  }
  const grid = Array.from({ length: 60 }, (_, i) => (i + 0.5) / 60)

  it('goes to where losses are low', () => {
    expect(nearZero(grid.map((x) => at(x, x)))).toBe(20)
    expect(nearZero(grid.map((x) => at(x, -x)))).toBe(0)
  })

  it('ranks by tier before loss, and infinite losses as bad', () => {
    const low = (x: number) => Math.abs(x - 0.2)
    expect(nearZero(grid.map((x) => (x < 0.5 ? at(x, low(x), 0.1) : at(x, -x, 0.2))))).toBeGreaterThanOrEqual(18)
    expect(nearZero(grid.map((x) => at(x, x < 0.5 ? low(x) : Number.POSITIVE_INFINITY)))).toBeGreaterThanOrEqual(18)
  })

  it('does without any trial', () => {
    expect(new TpeModel(plane).propose(evaluations([]), random, never)).toHaveProperty('x')
  })

  it('gives up where all is taken', () => {
    expect(new TpeModel(plane).propose(evaluations([]), random, () => true)).toBeUndefined()
  })

  it('models together what is active together', () => {
    const space = Space.declare({
      optimizer: choice(['sgd', 'adam']),
      rate: float(0, 1),
      momentum: float(0, 1).when('optimizer', 'sgd'),
      decay: float(0, 1).when('optimizer', 'sgd'),
      beta: float(0, 1).when('optimizer', 'adam'),
      only: choice(['one']),
      layers: int(1, 3),
      widths: layerWidths({ layers: 'layers', width: [4, 8] }),
    })
    expect(groupAxes(space).map((axes) => axes.map(({ dimension }) => dimension.name))).toEqual([
      ['optimizer', 'rate', 'layers', 'widths[0]'],
      ['momentum', 'decay'],
      ['beta'],
      ['widths[1]'],
      ['widths[2]'],
    ])
  })

  it('takes fine levels for a continuum, but not where a log scale has wide bins', () => {
    const space = Space.declare({ fine: int(1, 500), coarse: int(1, 50), mixed: int(1, 500, { scale: 'log' }) })
    expect(groupAxes(space)[0]?.map(({ kind }) => kind)).toEqual(['continuous', 'discrete', 'discrete'])
  })
})
