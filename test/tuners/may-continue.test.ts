import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { RandomStream } from '../../src/core/random.ts'
import { float } from '../../src/search-space/parameter.ts'
import { Space } from '../../src/search-space/space.ts'
import { asha } from '../../src/tuners/asha/asha.ts'
import { bohb } from '../../src/tuners/bohb/bohb.ts'
import { hyperband } from '../../src/tuners/hyperband/hyperband.ts'
import type { Observation, Suggestion, Tuner } from '../../src/tuners/tuner.ts'
import { contextFor } from '../contracts/play.ts'

const space = Space.declare({ x: float(0, 1) })

interface Played {
  /** Trials that went on although they had once been said not to. */
  readonly surprises: number[]
  /** How many checkpoints were kept at most, of trials not running. */
  readonly most: number
  readonly history: readonly Observation[]
}

/** A study with several trials under way that finish in a seeded order, some of them failing. */
function play(tuner: Tuner, workers: number, seed: number): Played {
  const random = new RandomStream(seed).split('play')
  const history: Observation[] = []
  const running: { number: number; suggestion: Suggestion }[] = []
  const dropped = new Set<number>()
  const surprises: number[] = []
  let most = 0
  for (;;) {
    while (running.length < workers) {
      const [suggestion] = tuner.suggest(history, 1)
      if (suggestion === undefined) break
      const number = suggestion.continueFrom ?? history.length
      if (suggestion.continueFrom !== undefined && dropped.has(number)) surprises.push(number)
      const { params, epochs, note } = suggestion
      const before = history[number]
      const known = before === undefined ? { curve: [], folds: [] } : { curve: before.curve, folds: before.folds }
      history[number] = { number, params, status: 'pending', epochs, value: undefined, ...known, note }
      running.push({ number, suggestion })
    }
    const [ended] = running.splice(random.integer(Math.max(1, running.length)), 1)
    if (ended === undefined) return { surprises, most, history }
    const { number, suggestion } = ended
    const before = history[number] as Observation
    // What a trial has reported stays: it goes on from there.
    const further = Array.from({ length: suggestion.epochs - before.curve.length }, () => random.next())
    const fails = random.next() < 0.1
    const curve = [...before.curve, ...(fails ? [] : further)]
    const value = fails ? undefined : Math.min(...curve)
    history[number] = { ...before, status: fails ? 'failed' : 'complete', value, curve, folds: [curve] }
    const kept = new Set(tuner.mayContinue?.(history))
    most = Math.max(most, kept.size)
    for (const { number, status } of history) if (status !== 'pending' && !kept.has(number)) dropped.add(number)
  }
}

const tuners: readonly (readonly [string, () => Tuner])[] = [
  ['hyperband', () => hyperband({ maxEpochs: 27 }).create(contextFor(space, 1, 27))],
  ['bohb', () => bohb({ maxEpochs: 9 }).create(contextFor(space, 1, 9))],
  ['asha', () => asha({ trials: 60 }).create(contextFor(space, 1, 27))],
  ['asha, stopping', () => asha({ trials: 60, variant: 'stopping' }).create(contextFor(space, 1, 27))],
]

describe.each(tuners)('%s', (_, make) => {
  property.prop([fc.integer({ min: 1, max: 6 }), fc.nat()], { seed: 6, numRuns: 25 })(
    'goes on with no trial that it once gave up',
    (workers, seed) => {
      const { surprises, history } = play(make(), workers, seed)
      expect(surprises).toEqual([])
      expect(history.some(({ epochs }) => epochs > 1)).toBe(true)
    },
  )

  test('gives up most trials, and in the end all', () => {
    const { most, history } = play(make(), 2, 1)
    expect(most).toBeLessThan(history.length / 2)
    expect(make().mayContinue?.(history)).toEqual([])
  })
})

test('the rule notices a tuner that gives up too much', () => {
  const good = hyperband({ maxEpochs: 27 }).create(contextFor(space, 1, 27))
  const hasty: Tuner = {
    name: good.name,
    capabilities: good.capabilities,
    suggest: (history, count) => good.suggest(history, count),
    mayContinue: (history) => good.mayContinue?.(history).slice(0, 1) ?? [],
    toJSON: () => good.toJSON(),
  }
  expect(play(hasty, 2, 1).surprises).not.toEqual([])
})
