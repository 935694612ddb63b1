import { describe, expect, it } from 'vitest'
import { checkParams } from '../../src/search-space/check-params.ts'
import type { Space } from '../../src/search-space/space.ts'
import type { History, Observation, Suggestion, Tuner, TunerSpec } from '../../src/tuners/tuner.ts'
import { bowl, contextFor, type Objective, observe, play, proposals } from './play.ts'
import { constrained, everything, ordinary, single, triangle, twelve } from './tuner-spaces.ts'

/** A tuner under test, by how many new trials it may start at most. */
export type MakeTuner = (trials: number) => TunerSpec

export interface TunerTraits {
  /** Proposals depend on the seed. Default true. */
  readonly seeded?: boolean
  /** Trials for rules that compare whole sequences. Default 40. */
  readonly length?: number
  /** So many trials in a row, each proposal within so many milliseconds on average over the last fifth. */
  readonly long?: { readonly trials: number; readonly ms: number }
  /** The space for the long run, for tuners that cannot take the ordinary one. Default: 3 floats, an int, a choice. */
  readonly longSpace?: Space
  /** Ends when a finite space is exhausted, having tried every configuration. Default true. */
  readonly exhausts?: boolean
}

type Rule = (make: MakeTuner, traits: TunerTraits) => void

const FAR = 10_000

function create(make: MakeTuner, space: Space, seed: number | string = 1): Tuner {
  return make(FAR).create(contextFor(space, seed))
}

/** Statuses in turn: what a study of a rough day sees. */
function mixed(space: Space): Objective {
  const smooth = bowl(space)
  return (params, number) => {
    const { value } = smooth(params, number)
    if (number % 7 === 3) return { status: 'failed', value: undefined }
    if (number % 5 === 2) return { status: 'pending', value: undefined }
    return { status: number % 4 === 1 ? 'pruned' : 'complete', value }
  }
}

function checkSuggestion(suggestion: Suggestion, space: Space, history: History, epochs: number): void {
  checkParams(space, suggestion.params)
  expect(space.allows(suggestion.params), 'the constraints hold').toBe(true)
  expect(JSON.parse(JSON.stringify(suggestion)), 'a suggestion is plain data').toEqual(suggestion)
  expect(Number.isInteger(suggestion.epochs) && suggestion.epochs >= 1 && suggestion.epochs <= epochs).toBe(true)
  if (suggestion.continueFrom === undefined) return
  const earlier = history[suggestion.continueFrom]
  expect(earlier?.status, 'only a finished trial is continued').not.toBe('pending')
  expect(suggestion.params, 'a continuation keeps its params').toEqual(earlier?.params)
  expect(suggestion.epochs, 'a continuation goes further').toBeGreaterThan(earlier?.epochs ?? Number.NaN)
}

/** Every step of a study in `space` is a proper suggestion. */
function checkStudy(tuner: Tuner, space: Space, objective: Objective, trials: number): Observation[] {
  const history: Observation[] = []
  for (let step = 0; step < 3 * trials && history.length < trials; step++) {
    const suggestions = tuner.suggest(history, 1)
    expect(suggestions.length, 'at most as many as asked for').toBeLessThanOrEqual(1)
    const [suggestion] = suggestions
    if (suggestion === undefined) break
    checkSuggestion(suggestion, space, history, 9)
    const number = suggestion.continueFrom ?? history.length
    history[number] = observe(number, suggestion, objective(suggestion.params, number))
  }
  return history
}

function keysOfNew(space: Space, suggestions: readonly Suggestion[]): string[] {
  return suggestions.filter(({ continueFrom }) => continueFrom === undefined).map(({ params }) => space.key(params))
}

/** What every tuner must do, each rule by itself so that broken tuners can be shown to fail it. */
export const tunerRules = {
  'proposes configurations of the space as plain data: bounds, steps, conditions, lists': (make, { length = 40 }) => {
    const tuner = create(make, everything)
    expect(checkStudy(tuner, everything, bowl(everything), length).length).toBeGreaterThan(0)
  },

  'keeps to constraints': (make, { length = 40 }) => {
    for (const space of [constrained, triangle]) {
      expect(checkStudy(create(make, space), space, bowl(space), length).length).toBeGreaterThanOrEqual(6)
    }
  },

  'takes failed, pruned and pending trials': (make, { length = 40 }) => {
    for (const space of [everything, ordinary]) {
      expect(checkStudy(create(make, space), space, mixed(space), length).length).toBeGreaterThan(5)
    }
  },

  'takes a history of failures, and one of equal values': (make, { length = 40 }) => {
    const outcomes: Objective[] = [
      () => ({ status: 'failed', value: undefined }),
      () => ({ status: 'complete', value: 0.5 }),
      () => ({ status: 'complete', value: -1e300 }),
    ]
    for (const outcome of outcomes) {
      expect(checkStudy(create(make, ordinary), ordinary, outcome, length).length).toBeGreaterThan(5)
    }
  },

  'takes a space of one configuration, once': (make, { exhausts = true }) => {
    const history = checkStudy(create(make, single), single, bowl(single), 5)
    if (exhausts) expect(proposals(history)).toEqual([{ only: 'this', always: 3 }])
    else expect(history.length).toBeGreaterThan(0)
  },

  'gives the same sequence for the same seed': (make, { length = 40 }) => {
    const [one, two] = [create(make, everything), create(make, everything)]
    const history = play(one, mixed(everything), { trials: length })
    expect(play(two, mixed(everything), { trials: length })).toEqual(history)
  },

  'gives another sequence for another seed': (make, { length = 40, seeded = true }) => {
    if (!seeded) return
    const [one, two] = [create(make, ordinary, 1), create(make, ordinary, 2)]
    const histories = [one, two].map((tuner) => proposals(play(tuner, bowl(ordinary), { trials: length })))
    expect(histories[0]).not.toEqual(histories[1])
  },

  'is a function of the history: asked twice, asked afresh, asked about another study in between': (
    make,
    { length = 40 },
  ) => {
    const objective = mixed(everything)
    const other = play(create(make, everything, 'other'), bowl(everything), { trials: Math.ceil(length / 2) })
    const tuner = create(make, everything)
    const history: Observation[] = []
    for (let step = 0; step < length; step++) {
      const suggestions = tuner.suggest(history, 1)
      expect(tuner.suggest(history, 1), 'asked twice').toEqual(suggestions)
      if (step % 8 === 5) {
        expect(create(make, everything).suggest(history, 1), 'asked afresh').toEqual(suggestions)
        tuner.suggest(other, 1)
        tuner.suggest(history.slice(0, 2), 1)
        expect(tuner.suggest(structuredClone(history), 1), 'asked about another study').toEqual(suggestions)
      }
      const [suggestion] = suggestions
      if (suggestion === undefined) break
      const number = suggestion.continueFrom ?? history.length
      history[number] = observe(number, suggestion, objective(suggestion.params, number))
    }
    expect(history.length).toBeGreaterThan(0)
  },

  'notices when a pending trial gets its result': (make, { length = 40 }) => {
    const tuner = create(make, ordinary)
    const history = play(tuner, bowl(ordinary), { trials: Math.ceil(length / 2) })
    const last = history[history.length - 1] as Observation
    const waiting = history.with(-1, { ...last, status: 'pending', value: undefined, curve: [], folds: [] })
    const before = tuner.suggest(waiting, 1)
    expect(tuner.suggest(history, 1)).toEqual(create(make, ordinary).suggest(history, 1))
    expect(tuner.suggest(waiting, 1)).toEqual(before)
  },

  'tries every configuration of a finite space once and then says that it is exhausted': (
    make,
    { exhausts = true },
  ) => {
    for (const [space, size] of exhausts
      ? ([
          [twelve, 12],
          [constrained, 6],
        ] as const)
      : []) {
      const tuner = create(make, space)
      const history = play(tuner, mixed(space), { trials: 30 })
      expect(new Set(history.map(({ params }) => space.key(params))).size).toBe(size)
      expect(history.length).toBe(size)
      expect(tuner.suggest(history, 3)).toEqual([])
      expect(tuner.exhausted?.(history)).toBe(true)
      expect(tuner.exhausted?.(history.slice(0, 3))).toBe(false)
    }
  },

  'gives several at a time, all different, and no more than asked for': (make) => {
    for (const space of [twelve, ordinary]) {
      const tuner = create(make, space)
      const history: Observation[] = []
      for (let round = 0; round < 6; round++) {
        const suggestions = tuner.suggest(history, 4)
        expect(suggestions.length).toBeLessThanOrEqual(4)
        if (round === 0) expect(suggestions.length).toBe(4)
        for (const suggestion of suggestions) checkSuggestion(suggestion, space, history, 9)
        const fresh = keysOfNew(space, suggestions)
        expect(new Set(fresh).size).toBe(fresh.length)
        for (const key of fresh) expect(history.map(({ params }) => space.key(params))).not.toContain(key)
        for (const suggestion of suggestions) {
          const number = suggestion.continueFrom ?? history.length
          history[number] = observe(number, suggestion, bowl(space)(suggestion.params, number))
        }
      }
    }
  },

  'starts no more trials than it was given': (make, { exhausts = true }) => {
    if (!exhausts) return
    const tuner = make(7).create(contextFor(ordinary))
    const history = play(tuner, bowl(ordinary), { trials: 50, batch: 3 })
    expect(history.length).toBe(7)
    expect(tuner.exhausted?.(history) ?? false, 'the space is not what ended it').toBe(false)
  },

  'leaves the history as it was': (make, { length = 40 }) => {
    const tuner = create(make, ordinary)
    const history = play(tuner, mixed(ordinary), { trials: Math.ceil(length / 2) })
    const copy = structuredClone(history)
    tuner.suggest(Object.freeze(history), 3)
    expect(history).toEqual(copy)
  },

  'does not slow down over a long study': (make, { long = { trials: 1000, ms: 2 }, longSpace = ordinary }) => {
    const tuner = create(make, longSpace)
    const objective = bowl(longSpace)
    const tail = Math.floor(long.trials * 0.8)
    const history = play(tuner, objective, { trials: tail })
    const start = performance.now()
    const end = play(tuner, objective, { trials: long.trials, from: history })
    expect(end.length).toBe(long.trials)
    // A fastest-case bound would be a benchmark: this only catches a cost that grows out of hand.
    expect((performance.now() - start) / (long.trials - tail)).toBeLessThan(long.ms)
  },
} satisfies Record<string, Rule>

/** The suite that every tuner passes. */
export function tunerContract(name: string, make: MakeTuner, traits: TunerTraits = {}): void {
  describe(`${name}: contract of tuners`, () => {
    for (const [rule, check] of Object.entries<Rule>(tunerRules)) it(rule, () => check(make, traits))
  })
}
