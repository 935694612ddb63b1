import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.ts'
import { randomSearch } from '../../src/tuners/random-search.ts'
import type { History, Suggestion, Tuner, TunerContext } from '../../src/tuners/tuner.ts'
import { type MakeTuner, tunerRules } from './tuner.ts'

/** Random search with one thing wrong. */
function broken(breakIt: (tuner: Tuner, context: TunerContext) => Partial<Tuner>): MakeTuner {
  return (trials) => {
    const spec = randomSearch({ trials })
    return {
      ...spec,
      create(context) {
        const sound = spec.create(context)
        return {
          name: sound.name,
          capabilities: sound.capabilities,
          suggest: (history, count) => sound.suggest(history, count),
          exhausted: (history) => sound.exhausted?.(history) ?? false,
          toJSON: () => sound.toJSON(),
          ...breakIt(sound, context),
        }
      },
    }
  }
}

function altering(alter: (suggestion: Suggestion, history: History, context: TunerContext) => Suggestion): MakeTuner {
  return broken((sound, context) => ({
    suggest: (history, count) => sound.suggest(history, count).map((s) => alter(s, history, context)),
  }))
}

const outOfBounds = altering((s) => ({ ...s, params: { ...s.params, learningRate: 1 } }))
const offStep = altering((s) => ('dropout' in s.params ? { ...s, params: { ...s.params, dropout: 0.123 } } : s))
const inactiveToo = altering((s) => ({ ...s, params: { momentum: 0.5, nesterov: false, decay: 1e-3, ...s.params } }))
const notPlain = altering((s) => ({ ...s, note: new Date(0) as never }))
const noEpochs = altering((s) => ({ ...s, epochs: 0 }))
const continuesNothing = altering((s, history) => (history.length > 3 ? { ...s, continueFrom: 2 } : s))

const ignoresConstraints = altering((s, history, { space, random }) => {
  const draw = random.split('free', history.length)
  const point = Float64Array.from(space.dimensions, () => draw.next())
  return { ...s, params: space.decode(point) }
})

const needsValues = broken((sound) => ({
  suggest(history, count) {
    if (history.some(({ value }) => value === undefined)) throw new Error('A value is missing.')
    return sound.suggest(history, count)
  },
}))

const giveUpOnFailures = broken((sound) => ({
  suggest: (history, count) =>
    history.length > 2 && history.every(({ status }) => status === 'failed') ? [] : sound.suggest(history, count),
}))

const unseeded = broken((_, { space, epochs }) => {
  const own = new RandomStream(Math.random())
  return { suggest: () => [{ params: space.sample(own), epochs }] }
})

const deaf = broken((_, { space, epochs }) => {
  const same = new RandomStream('fixed')
  return { suggest: (history) => [{ params: space.sample(same.split(history.length)), epochs }] }
})

const counting = broken((_, { space, random, epochs }) => {
  let calls = 0
  return { suggest: () => [{ params: space.sample(random.split(calls++)), epochs }] }
})

/** A cache that looks at nothing but the length of the history. */
const staleCache = broken((_, { space, random, epochs }) => {
  const answers = new Map<number, Suggestion[]>()
  return {
    suggest(history) {
      const best = Math.min(...history.map(({ value }) => value ?? 0))
      const answer = answers.get(history.length) ?? [{ params: space.sample(random.split(best)), epochs }]
      answers.set(history.length, answer)
      return answer
    },
  }
})

const repeats = broken((_, { space, random, epochs }) => ({
  suggest: (history, count) =>
    Array.from({ length: count }, (_, i) => ({ params: space.sample(random.split(history.length + i)), epochs })),
}))

const silentEnd = broken(() => ({ exhausted: () => false }))
const tooMany = broken((sound) => ({ suggest: (history, count) => sound.suggest(history, count + 1) }))
const twins = broken((sound) => ({
  suggest(history, count) {
    const [first] = sound.suggest(history, 1)
    return first === undefined ? [] : Array.from({ length: count }, () => first)
  },
}))
const endless: MakeTuner = () => randomSearch({ trials: 100_000 })
const meddles = broken((sound) => ({
  suggest(history, count) {
    for (const trial of history) Object.assign(trial.curve, { 0: 0 })
    return sound.suggest(history, count)
  },
}))
const slow = broken((sound) => ({
  suggest(history, count) {
    const until = performance.now() + history.length / 200
    while (performance.now() < until);
    return sound.suggest(history, count)
  },
}))

const failing: readonly (readonly [keyof typeof tunerRules, string, MakeTuner])[] = [
  [
    'proposes configurations of the space as plain data: bounds, steps, conditions, lists',
    'out of bounds',
    outOfBounds,
  ],
  ['proposes configurations of the space as plain data: bounds, steps, conditions, lists', 'off its step', offStep],
  ['proposes configurations of the space as plain data: bounds, steps, conditions, lists', 'inactive', inactiveToo],
  ['proposes configurations of the space as plain data: bounds, steps, conditions, lists', 'not plain', notPlain],
  ['proposes configurations of the space as plain data: bounds, steps, conditions, lists', 'no epochs', noEpochs],
  [
    'proposes configurations of the space as plain data: bounds, steps, conditions, lists',
    'continues another configuration',
    continuesNothing,
  ],
  ['keeps to constraints', 'ignores constraints', ignoresConstraints],
  ['takes failed, pruned and pending trials', 'needs values', needsValues],
  ['takes a history of failures, and one of equal values', 'gives up on failures', giveUpOnFailures],
  ['takes a space of one configuration, once', 'repeats', repeats],
  ['gives the same sequence for the same seed', 'unseeded', unseeded],
  ['gives another sequence for another seed', 'deaf to its seed', deaf],
  [
    'is a function of the history: asked twice, asked afresh, asked about another study in between',
    'counts its calls',
    counting,
  ],
  ['notices when a pending trial gets its result', 'a stale cache', staleCache],
  ['tries every configuration of a finite space once and then says that it is exhausted', 'repeats', repeats],
  ['tries every configuration of a finite space once and then says that it is exhausted', 'silent', silentEnd],
  ['gives several at a time, all different, and no more than asked for', 'too many', tooMany],
  ['gives several at a time, all different, and no more than asked for', 'twins', twins],
  ['starts no more trials than it was given', 'endless', endless],
  ['leaves the history as it was', 'meddles', meddles],
  ['does not slow down over a long study', 'slow', slow],
]

describe('the contract of tuners', () => {
  it.each(failing)('%s: fails with a tuner that is wrong: %s', (rule, _, make) => {
    expect(() => tunerRules[rule](make, {})).toThrow()
  })

  it('has a broken double for every rule', () => {
    expect(new Set(failing.map(([rule]) => rule))).toEqual(new Set(Object.keys(tunerRules)))
  })

  it.each(Object.entries(tunerRules))('passes with the sound one that the doubles are made of: %s', (_, rule) => {
    expect(() =>
      rule(
        broken(() => ({})),
        {},
      ),
    ).not.toThrow()
  })
})
