import { describe, expect, it } from 'vitest'
import { simulate } from '../../../bench/simulation/simulate.ts'
import type { Params } from '../../../src/core/params.ts'
import { RandomStream } from '../../../src/core/random.ts'
import { float } from '../../../src/search-space/parameter.ts'
import { Space } from '../../../src/search-space/space.ts'
import { bohb } from '../../../src/tuners/bohb/bohb.ts'
import { BudgetModel } from '../../../src/tuners/bohb/budget-model.ts'
import { hyperband } from '../../../src/tuners/hyperband/hyperband.ts'
import type { Observation } from '../../../src/tuners/tuner.ts'
import { tunerContract } from '../../contracts/tuner.ts'

tunerContract('bohb', () => bohb({ iterations: 100 }), { exhausts: false, long: { trials: 1000, ms: 30 } })

const space = Space.declare({ x: float(0, 1), y: float(0, 1) })
const context = (seed: number) => ({ space, epochs: 27, random: new RandomStream(seed) })

/** A bowl about (0.8, 0.3) that is reached slowly. */
const curve = ({ x, y }: { readonly [name: string]: unknown }) =>
  Array.from({ length: 27 }, (_, epoch) => (Number(x) - 0.8) ** 2 + (Number(y) - 0.3) ** 2 + 1 / (epoch + 1))

function observation(number: number, x: number, epochs: number, part: Partial<Observation> = {}): Observation {
  const folds = [curve({ x, y: 0.3 }).slice(0, epochs)]
  const params = { x, y: 0.3 }
  return { number, params, status: 'complete', epochs, value: 0, curve: [], folds, note: undefined, ...part }
}

describe('bohb', () => {
  it('runs the brackets of hyperband', () => {
    const budgets = (spec: typeof hyperband) =>
      simulate(spec().create(context(1)), { workers: 3, curve }).history.map(({ epochs }) => epochs)
    const sorted = (values: number[]) => values.toSorted((a, b) => a - b)
    expect(sorted(budgets(bohb))).toEqual(sorted(budgets(hyperband)))
  })

  it('comes twice as close to the optimum as random configurations in the same brackets', () => {
    const optimum = [0.8, 0.3, 0.6, 0.45, 0.7]
    const five = Space.declare(Object.fromEntries(optimum.map((_, i) => [`x${i}`, float(0, 1)])))
    const distance = (params: { readonly [name: string]: unknown }) =>
      optimum.reduce((sum, at, i) => sum + (Number(params[`x${i}`]) - at) ** 2, 0)
    const best = (spec: typeof hyperband, seed: number) => {
      const { history } = simulate(spec({ iterations: 2 }).create({ ...context(seed), space: five }), {
        workers: 2,
        curve: (params) => Array.from({ length: 27 }, (_, epoch) => distance(params) + 1 / (epoch + 1)),
      })
      return Math.min(...history.filter((trial) => trial.curve.length === 27).map(({ params }) => distance(params)))
    }
    // Medians of 11 seeds (0.024 and 0.061 over 25); seeded, so that it cannot fail by luck.
    const median = (spec: typeof hyperband) =>
      Array.from({ length: 11 }, (_, seed) => best(spec, seed)).toSorted((a, b) => a - b)[5] ?? Number.NaN
    expect(median(bohb)).toBeLessThan(median(hyperband) / 2)
  })

  it('draws the first configurations, and a fraction of all others, at random', () => {
    const all = simulate(bohb({ randomFraction: 1 }).create(context(2)), { workers: 1, curve }).history
    const some = simulate(bohb().create(context(2)), { workers: 1, curve }).history
    const same = some.filter(({ params }, i) => params.x === all[i]?.params.x)
    expect(same.slice(0, 5).map(({ number }) => number)).toEqual([0, 1, 2, 3, 4])
    expect(same.length).toBeGreaterThan(some.length / 6)
    expect(same.length).toBeLessThan(some.length / 2)
  })

  it.each([{ randomFraction: 1.5 }, { gamma: 0 }, { startup: 0 }, { factor: 1 }, { trials: 9 }])(
    'refuses %o',
    (options) => {
      expect(() => bohb(options as never)).toThrow(expect.objectContaining({ code: 'tuner/bad-option' }))
    },
  )
})

describe('BudgetModel', () => {
  const model = new BudgetModel(space, [1, 3, 9], 10, {})
  const propose = (history: readonly Observation[], batch: readonly Params[] = []) =>
    model.propose({ history, batch, random: new RandomStream('model'), taken: () => false })

  it('has nothing to say before a budget has enough results', () => {
    const few = Array.from({ length: 9 }, (_, i) => observation(i, i / 10, 1))
    expect(propose(few)).toBeUndefined()
    expect(propose([...few, observation(9, 0.9, 1, { status: 'failed' })])).toBeUndefined()
    expect(propose([...few, observation(9, 0.9, 1)])).toBeDefined()
  })

  it('learns from the largest budget that has enough, and from those alone that have reached it', () => {
    const long = Array.from({ length: 10 }, (_, i) => observation(i, 0.5 + i / 20, 3))
    const short = Array.from({ length: 30 }, (_, i) => observation(10 + i, i / 60, 1))
    expect(propose([...long, ...short])).toEqual(propose(long))
    expect(propose([...long.slice(1), ...short])).not.toEqual(propose(long))
  })

  it('counts a trial that goes on with what it has reached', () => {
    const all = Array.from({ length: 10 }, (_, i) => observation(i, i / 10, 3))
    const goingOn = all.map((trial, i) => (i === 4 ? { ...trial, status: 'pending' as const, epochs: 9 } : trial))
    expect(propose(goingOn)).toEqual(propose(all))
  })

  it('keeps away from what is under way, in the history and in the same call', () => {
    const all = Array.from({ length: 10 }, (_, i) => observation(i, i / 10, 3))
    const params = propose(all) ?? {}
    const underWay = { ...observation(10, 0, 3), params, status: 'pending' as const, folds: [] }
    expect(propose([...all, underWay])).toEqual(propose(all, [params]))
    expect(propose([...all, underWay])).not.toEqual(propose(all))
  })
})
