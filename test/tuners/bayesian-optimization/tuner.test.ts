import { describe, expect, it } from 'vitest'
import type { Params } from '../../../src/core/params.ts'
import { RandomStream } from '../../../src/core/random.ts'
import { choice, float, int } from '../../../src/search-space/parameter.ts'
import { Space } from '../../../src/search-space/space.ts'
import { bayesianOptimization } from '../../../src/tuners/bayesian-optimization/tuner.ts'
import type { Observation, Suggestion } from '../../../src/tuners/tuner.ts'
import { bowl, contextFor, type Objective, observe, play } from '../../contracts/play.ts'
import { tunerContract } from '../../contracts/tuner.ts'
import { everything, ordinary } from '../../contracts/tuner-spaces.ts'

tunerContract('bayesianOptimization', (trials) => bayesianOptimization({ trials }), {
  length: 25,
  long: { trials: 120, ms: 200 },
})

const square = Space.declare({ x: float(0, 1), y: float(0, 1) })

function complete(f: (params: Params) => number): Objective {
  return (params) => ({ status: 'complete', value: f(params) })
}

function best(history: readonly Observation[]): number {
  return Math.min(...history.map(({ value }) => value ?? Number.POSITIVE_INFINITY))
}

function pending(history: readonly Observation[], suggestion: Suggestion): Observation {
  return observe(history.length, suggestion, { status: 'pending', value: undefined })
}

describe('bayesianOptimization', () => {
  it('finds the minimum of a smooth function of two parameters in 20 trials', () => {
    const f = complete(({ x, y }) => (Number(x) - 0.3) ** 2 + 2 * (Number(y) - 0.7) ** 2)
    for (const seed of [1, 2, 3]) {
      const history = play(bayesianOptimization({ trials: 20 }).create(contextFor(square, seed)), f, { trials: 20 })
      // 20 random points come this close, a disc of radius 0.03, once in 25 times; all of these do.
      expect(best(history)).toBeLessThan(1e-3)
    }
  })

  it('goes to a wall where the minimum is there', () => {
    const f = complete(({ x, y }) => Number(x) - Number(y))
    const history = play(bayesianOptimization({ trials: 20 }).create(contextFor(square)), f, { trials: 20 })
    expect(best(history)).toBeLessThan(-0.98)
  })

  it('sees through noise', () => {
    const random = new RandomStream('noise')
    const truth = ({ x, y }: Params) => (Number(x) - 0.3) ** 2 + (Number(y) - 0.7) ** 2
    const f = complete((params) => truth(params) + 0.05 * random.normal())
    const history = play(bayesianOptimization({ trials: 50 }).create(contextFor(square)), f, { trials: 50 })
    const late = history.slice(30).map(({ params }) => truth(params))
    // A random point is off by 0.22 in the mean, and by less than 0.05 once in six times.
    expect(late.filter((off) => off < 0.05).length).toBeGreaterThan(14)
  })

  it('stays away from where trials fail', () => {
    const f: Objective = ({ x, y }) => {
      const value = (Number(x) - 0.6) ** 2 + (Number(y) - 0.5) ** 2
      return Number(x) > 0.7 ? { status: 'failed', value: undefined } : { status: 'complete', value }
    }
    const history = play(bayesianOptimization({ trials: 40 }).create(contextFor(square)), f, { trials: 40 })
    const late = history.slice(20)
    expect(late.filter(({ status }) => status === 'failed').length).toBeLessThan(4)
    expect(best(history)).toBeLessThan(2e-3)
  })

  it('uses the last value of a pruned trial, and takes an infinite value for a failure', () => {
    const tuner = bayesianOptimization({ startup: 6 }).create(contextFor(square))
    const history = play(tuner, bowl(square), { trials: 8 })
    const with3 = (change: Partial<Observation>) => history.with(3, { ...(history[3] as Observation), ...change })
    const next = (given: readonly Observation[]) => tuner.suggest(given, 1)
    const pruned = with3({ status: 'pruned', value: 0.1, curve: [0.1, 0.9] })
    expect(next(pruned)).toEqual(next(with3({ value: 0.9 })))
    expect(next(with3({ value: Number.POSITIVE_INFINITY }))).toEqual(
      next(with3({ status: 'failed', value: undefined })),
    )
  })

  it('learns from a category, an integer and a condition', () => {
    const space = Space.declare({
      optimizer: choice(['sgd', 'adam', 'rmsprop']),
      momentum: float(0, 1).when('optimizer', 'sgd'),
      units: int(1, 200),
    })
    const f = complete(({ optimizer, momentum, units }) => {
      const method = optimizer === 'sgd' ? (Number(momentum) - 0.9) ** 2 : 0.2
      return method + ((Number(units) - 137) / 200) ** 2
    })
    const history = play(bayesianOptimization({ trials: 40 }).create(contextFor(space)), f, { trials: 40 })
    expect(best(history)).toBeLessThan(2e-3)
    expect(history.slice(20).filter(({ params }) => params.optimizer === 'sgd').length).toBeGreaterThan(12)
  })

  it('spreads what runs in parallel', () => {
    const tuner = bayesianOptimization().create(contextFor(square))
    const waves = complete(({ x, y }) => Math.sin(9 * Number(x)) + Math.cos(11 * Number(y)))
    const history = play(tuner, waves, { trials: 10 })
    const points = tuner.suggest(history, 4).map(({ params }) => [Number(params.x), Number(params.y)] as const)
    for (const [i, a] of points.entries()) {
      for (const b of points.slice(i + 1)) expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeGreaterThan(0.01)
    }
  })

  it('suggests in a batch what it would suggest one by one, the first ones pending', () => {
    for (const space of [ordinary, everything]) {
      const tuner = bayesianOptimization({ startup: 8 }).create(contextFor(space))
      const history = play(tuner, bowl(space), { trials: 10 })
      const [first, second] = tuner.suggest(history, 2) as [Suggestion, Suggestion]
      expect(tuner.suggest([...history, pending(history, first)], 1)).toEqual([second])
    }
  })

  it('gives the same answer whatever order results came in', () => {
    const followed = bayesianOptimization({ startup: 5 }).create(contextFor(ordinary))
    const objective = bowl(ordinary)
    const history: Observation[] = []
    // Three at a time, and the oldest of each round finishes last.
    for (let round = 0; round < 8; round++) {
      const batch = followed.suggest(history, 3)
      for (const suggestion of batch) history.push(pending(history, suggestion))
      for (const back of [1, 2, 3]) {
        const number = history.length - back
        const { params } = history[number] as Observation
        history[number] = observe(number, { params, epochs: 9 }, objective(params, number))
        const fresh = bayesianOptimization({ startup: 5 }).create(contextFor(ordinary))
        expect(followed.suggest(history, 1)).toEqual(fresh.suggest(history, 1))
      }
    }
  })

  it('begins with a Latin hypercube', () => {
    const tuner = bayesianOptimization({ startup: 8 }).create(contextFor(square))
    const history = play(tuner, bowl(square), { trials: 8 })
    for (const name of ['x', 'y']) {
      const strata = history.map(({ params }) => Math.floor(8 * Number(params[name])))
      expect(strata.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    }
  })

  it.each([{ trials: 0 }, { startup: 0 }, { startup: 2.5 }, { kernel: 'rbf' }])('refuses %o', (options) => {
    expect(() => bayesianOptimization(options as never)).toThrow(expect.objectContaining({ code: 'tuner/bad-option' }))
  })
})
