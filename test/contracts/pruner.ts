import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.ts'
import type { Pruner, PruningDecision, PruningMoment } from '../../src/tuners/pruner.ts'
import type { History, Observation } from '../../src/tuners/tuner.ts'

export type MakePruner = () => Pruner

export interface PrunerTraits {
  /** Stops at least one of forty poor trials among good ones. Default true. */
  readonly stops?: boolean
  /** Stops a trial whose objective is NaN from the start, given enough others. Default true. */
  readonly stopsNaN?: boolean
  /** Decides by other trials. Default true. */
  readonly compares?: boolean
  /** Decides on a fold by that fold of the others alone. Default true. */
  readonly withinFold?: boolean
}

type Rule = (make: MakePruner, traits: PrunerTraits) => void

const EPOCHS = 27
const FOLDS = 6

function trial(number: number, folds: readonly (readonly number[])[], status: Observation['status'] = 'complete') {
  const bests = folds.map((fold) => Math.min(...fold))
  const value = status === 'complete' ? bests.reduce((sum, best) => sum + best, 0) / bests.length : undefined
  const observation: Observation = {
    number,
    params: { x: number },
    status,
    epochs: EPOCHS,
    value,
    curve: [],
    folds,
    note: undefined,
  }
  return observation
}

/** Six declining folds about a level, a little noise on top. */
function declining(level: number, seed: number): number[][] {
  const random = new RandomStream(seed)
  return Array.from({ length: FOLDS }, () =>
    Array.from({ length: EPOCHS }, (_, epoch) => level + 1 / (epoch + 1) + 0.02 * random.normal()),
  )
}

/** Ten complete trials, a failed, a pruned and a pending one. */
function company(level = 0.1): Observation[] {
  return [
    ...Array.from({ length: 10 }, (_, n) => trial(n, declining(level + n / 100, n))),
    trial(10, [], 'failed'),
    trial(11, [[level, level]], 'pruned'),
    trial(12, [[level]], 'pending'),
  ]
}

/** What a pruner says after each epoch of the folds of a trial, fold after fold. */
function decisions(pruner: Pruner, number: number, folds: readonly (readonly number[])[], history: History): string {
  let said = ''
  for (const [fold, curve] of folds.entries()) {
    for (const [at, value] of curve.entries()) {
      const sofar = [...folds.slice(0, fold), curve.slice(0, at + 1)]
      said +=
        ask(pruner, trial(number, sofar, 'pending'), { fold, epoch: at + 1, value }, history) === 'stop' ? 'x' : '.'
    }
  }
  return said
}

function ask(pruner: Pruner, about: Observation, moment: PruningMoment, history: History): PruningDecision {
  const decision = pruner.decide(about, moment, history)
  expect(['continue', 'stop']).toContain(decision)
  return decision
}

const POOR = 5

/** What every pruner must do, each rule by itself so that broken pruners can be shown to fail it. */
export const prunerRules = {
  'says continue or stop at every epoch, whatever the values': (make) => {
    const odd = [[Number.NaN, 1, Number.POSITIVE_INFINITY, -1e300], [Number.NEGATIVE_INFINITY], [0.5, Number.NaN]]
    for (const history of [[], company(), [trial(0, odd, 'failed'), trial(1, odd)]]) {
      expect(decisions(make(), 20, odd, history)).toHaveLength(7)
    }
  },

  'never stops the only trial': (make, { compares = true }) => {
    if (!compares) return
    expect(decisions(make(), 0, declining(POOR, 1), [])).not.toContain('x')
  },

  'stops poor trials among good ones': (make, { stops = true }) => {
    const stopped = Array.from({ length: 40 }, (_, i) => decisions(make(), 20 + i, declining(POOR, i), company()))
    if (stops) expect(stopped.join('')).toContain('x')
    else expect(stopped.join('')).not.toContain('x')
  },

  'lets a trial go on that leads at every fold and epoch': (make) => {
    const leader = declining(-1, 1).map((fold) => fold.map((value, epoch) => value - epoch))
    expect(decisions(make(), 20, leader, company())).not.toContain('x')
  },

  'stops a trial that is NaN from the start, or leaves it alone at every epoch': (make, { stopsNaN = true }) => {
    const nan = Array<number>(EPOCHS).fill(Number.NaN)
    const said = decisions(make(), 20, [nan], company())
    if (stopsNaN) expect(said).toContain('x')
    else expect(said).not.toContain('x')
  },

  'is a pure function: asked again, asked afresh, asked about others in between': (make) => {
    const pruner = make()
    const [poor, history] = [declining(1, 3), company()]
    const said = decisions(pruner, 20, poor, history)
    decisions(pruner, 21, declining(0, 4), history.slice(0, 3))
    expect(decisions(pruner, 20, poor, history)).toBe(said)
    expect(decisions(make(), 20, structuredClone(poor), structuredClone(history))).toBe(said)
  },

  'leaves what it is given as it was': (make) => {
    const history = company()
    const copy = structuredClone(history)
    for (const one of history) for (const fold of one.folds) Object.freeze(fold)
    decisions(make(), 20, declining(POOR, 5), Object.freeze(history))
    expect(history).toEqual(copy)
  },

  'compares within the fold': (make, { withinFold = true }) => {
    if (!withinFold) return
    const poor = declining(POOR, 6)
    const inFirst = decisions(make(), 20, poor.slice(0, 1), company())
    // Other folds of the others change nothing for the first; without the first there is nothing to compare with.
    const elsewhere = company().map((one) => ({
      ...one,
      folds: one.folds.map((f, k) => (k === 0 ? f : f.map((v) => v + 99))),
    }))
    expect(decisions(make(), 20, poor.slice(0, 1), elsewhere)).toBe(inFirst)
    const without = company().map((one) => ({ ...one, folds: one.folds.map((f, k) => (k === 0 ? [] : f)) }))
    expect(decisions(make(), 20, poor.slice(0, 1), without)).not.toContain('x')
  },

  'compares at the epoch': (make, { compares = true }) => {
    if (!compares) return
    // Others that end before it have nothing to say about what comes after.
    const [cut, late] = [
      4,
      declining(POOR, 7).map((fold) => fold.map((value, epoch) => (epoch < 4 ? -1 - epoch : value))),
    ]
    const short = company().map((one) => ({ ...one, folds: one.folds.map((fold) => fold.slice(0, cut)) }))
    expect(decisions(make(), 20, late.slice(0, 1), short)).not.toContain('x')
  },

  'has a name, and JSON that keeps it': (make) => {
    const json = JSON.parse(JSON.stringify(make()))
    expect(json).toEqual({ name: make().name, options: expect.any(Object) })
  },
} satisfies Record<string, Rule>

/** The suite that every pruner passes. */
export function prunerContract(name: string, make: MakePruner, traits: PrunerTraits = {}): void {
  describe(`${name}: contract of pruners`, () => {
    for (const [rule, check] of Object.entries<Rule>(prunerRules)) it(rule, () => check(make, traits))
  })
}
