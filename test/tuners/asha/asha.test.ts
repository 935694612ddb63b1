import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { simulate } from '../../../bench/simulation/simulate.ts'
import type { Json } from '../../../src/core/json.ts'
import { RandomStream } from '../../../src/core/random.ts'
import { choice, float } from '../../../src/search-space/parameter.ts'
import { Space } from '../../../src/search-space/space.ts'
import { asha } from '../../../src/tuners/asha/asha.ts'
import { numberInNote } from '../../../src/tuners/note.ts'
import type { Observation, Tuner } from '../../../src/tuners/tuner.ts'
import { tunerContract } from '../../contracts/tuner.ts'

tunerContract('asha, promotion', (trials) => asha({ trials }), { long: { trials: 1000, ms: 15 } })
tunerContract('asha, stopping', (trials) => asha({ trials, variant: 'stopping' }), { long: { trials: 1000, ms: 15 } })

const context = { space: Space.declare({ x: float(0, 1) }), epochs: 27, random: new RandomStream('asha') }

/** Better the larger x is, at every epoch. */
const curve = (params: { readonly [name: string]: unknown }) =>
  Array.from({ length: 27 }, (_, epoch) => 1 - Number(params.x) + 1 / (epoch + 1))

/** How many trials have come to each of the first `rungs` rungs, spare time aside. */
const reached = (history: readonly Observation[], rungs: number) =>
  Array.from({ length: rungs }, (_, rung) => history.filter(({ note }) => rungOf(note) >= rung).length)

const rungOf = (note: Json | undefined) => numberInNote(note, 'spareFrom') ?? numberInNote(note, 'rung') ?? -1

/** Hands a tuner results one at a time, each trial's value at all epochs given in advance. */
function tell(tuner: Tuner, values: readonly number[], steps: number): number[] {
  const history: Observation[] = []
  const asked: number[] = []
  for (let step = 0; step < steps; step++) {
    const [suggestion] = tuner.suggest(history, 1)
    if (suggestion === undefined) break
    const number = suggestion.continueFrom ?? history.length
    asked.push(number)
    const folds = [Array<number>(suggestion.epochs).fill(values[number] ?? 1)]
    const { params, epochs, note } = suggestion
    history[number] = { number, params, status: 'complete', epochs, value: 0, curve: [], folds, note }
  }
  return asked
}

describe('asha', () => {
  it('promotes the best third of each rung as soon as there is a third', () => {
    const asked = tell(asha({ trials: 20 }).create(context), [0.5, 0.1, 0.9, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8], 13)
    // 1 is the best of three, 3 of six (as 1 is gone), 4 is second to it once nine are there; then 1 is the best of rung 1.
    expect(asked).toEqual([0, 1, 2, 1, 3, 4, 5, 3, 6, 7, 8, 4, 1])
  })

  it('while trials start, promotes no more than a third of a rung, though later ones be better', () => {
    const values = Array.from({ length: 99 }, (_, i) => 1 - i / 100)
    const asked = tell(asha().create(context), values, 13)
    // Each third trial is the best so far and goes on; the others have had their third.
    expect(asked).toEqual([0, 1, 2, 2, 3, 4, 5, 5, 6, 7, 8, 8, 8])
  })

  it('after that lets all go on who are among the first third of their rung', () => {
    const values = [0.9, 0.8, 0.7, 0.6, 0.5, 0.45]
    // Of six, 5 and 4 are the first two; 2 has had one of their places.
    expect(tell(asha({ trials: 6, maxEpochs: 3 }).create(context), values, 99)).toEqual([0, 1, 2, 2, 3, 4, 5, 5, 4])
  })

  it('with stopping, decides on a trial against those before it', () => {
    const asked = tell(asha({ trials: 6, variant: 'stopping' }).create(context), [0.5, 0.6, 0.4, 0.45, 0.39, 0.44], 99)
    // 0 and 2 lead when their turn comes and go all the way; 4 leads; 3 and 5 are second of 4 and third of 6.
    expect(asked).toEqual([0, 0, 0, 0, 1, 2, 2, 2, 2, 3, 4, 4, 4, 4, 5])
  })

  it.each([1, 2, 5, 27])('trains somebody to the end even with %i trials', (trials) => {
    for (const variant of ['promotion', 'stopping'] as const) {
      const tuner = asha({ trials, variant }).create(context)
      const { history } = simulate(tuner, { workers: 3, curve })
      expect(history.length).toBe(trials)
      const best = history.reduce((a, b) => ((b.value ?? 9) < (a.value ?? 9) ? b : a))
      expect(best.curve.length).toBe(27)
      expect(tuner.suggest(history, 3)).toEqual([])
    }
  })

  test.prop([fc.integer({ min: 1, max: 8 }), fc.integer()], { numRuns: 20 })(
    'gives every rung its share and finds the best, whatever the order of results',
    (workers, seed) => {
      const random = new RandomStream(seed)
      const { history } = simulate(asha({ trials: 81 }).create(context), {
        workers,
        curve,
        duration: () => random.next(),
      })
      const [first, second, third, fourth] = reached(history, 4)
      expect(first).toBe(81)
      // The best of each rung in the end, and those who had gone on before them.
      for (const [more, less] of [
        [first, second],
        [second, third],
        [third, fourth],
      ]) {
        expect(less).toBeGreaterThanOrEqual(Math.floor((more ?? 0) / 3))
        expect(less).toBeLessThanOrEqual(2 * Math.floor((more ?? 0) / 3))
      }
      const best = history.reduce((a, b) => (Number(b.params.x) > Number(a.params.x) ? b : a))
      expect(best.curve.length).toBe(27)
    },
  )

  it('has runners-up go on in spare time, and in no other', () => {
    const tuner = asha({ trials: 9 }).create(context)
    const ask = (history: readonly Observation[]) =>
      tuner.suggest(history, 9).map(({ continueFrom, epochs }) => [continueFrom, epochs])
    const done = (number: number, epochs: number, note: Json): Observation => {
      const folds = [Array<number>(epochs).fill(number)]
      return { number, params: { x: number / 9 }, status: 'complete', epochs, value: number, curve: [], folds, note }
    }
    const waiting = [3, 4, 5, 6, 7, 8].map((number) => done(number, 1, { rung: 0 }))
    const [second, third] = [done(1, 3, { rung: 1 }), done(2, 3, { rung: 1 })]
    const best = (epochs: number, rung: number) => ({ ...done(0, epochs, { rung }), status: 'pending' as const })
    // Shorter jobs than that of the one that is still under way, the shortest first and of these the best.
    const all = [
      [3, 3],
      [4, 3],
      [5, 3],
      [6, 3],
      [7, 3],
      [8, 3],
    ]
    expect(ask([best(27, 3), second, third, ...waiting])).toEqual([...all, [1, 9], [2, 9]])
    expect(ask([best(9, 2), second, third, ...waiting])).toEqual(all)
    // As long as results of the rung are to come, nobody's chance there is over.
    expect(ask([best(3, 1), second, third, ...waiting])).toEqual([])
    const spare = done(3, 3, { rung: 1, spareFrom: 0 })
    expect(ask([best(27, 3), second, third, spare, ...waiting.slice(1)]).at(-1)).toEqual([3, 9])
    // In spare time nobody gets ahead of those who take part, and it ends with the last of them.
    const winner = { ...spare, folds: [[0, 0, -1]] }
    expect(ask([done(0, 27, { rung: 3 }), second, third, winner, ...waiting.slice(1)])).toEqual([])
  })

  it('counts failed trials as the worst, and lets all others of a small space climb', () => {
    const space = Space.declare({ x: choice([0.1, 0.2, 0.3, 0.4, 0.5, 0.6]) })
    const failing = (params: { readonly [name: string]: unknown }) => (params.x === 0.6 ? [Number.NaN] : curve(params))
    const { history } = simulate(asha().create({ ...context, space }), { workers: 1, curve: failing })
    expect(history.map((trial) => [trial.params.x, trial.curve.length]).toSorted()).toEqual([
      [0.1, 1],
      [0.2, 1],
      [0.3, 1],
      [0.4, 3],
      [0.5, 27],
      [0.6, 1],
    ])
  })

  it('takes a trial whose curve is concealed while it goes on for one of the best', () => {
    const tuner = asha({ trials: 6 }).create(context)
    const { history } = simulate(asha({ trials: 6, maxEpochs: 1 }).create(context), { workers: 1, curve })
    const promoted = tuner.suggest(history, 6).map(({ continueFrom }) => continueFrom ?? -1)
    expect(promoted).toHaveLength(2)
    const concealed = history.map((trial) =>
      promoted.includes(trial.number)
        ? { ...trial, status: 'pending' as const, epochs: 3, value: undefined, curve: [], folds: [], note: { rung: 1 } }
        : trial,
    )
    expect(tuner.suggest(concealed, 6)).toEqual([])
  })

  it('puts its rungs at minEpochs, times factor, and so on, and at maxEpochs', () => {
    const tuner = asha({ trials: 30, minEpochs: 2, maxEpochs: 20, factor: 4 }).create(context)
    const { history } = simulate(tuner, { workers: 1, curve })
    expect([...new Set(history.map((trial) => trial.epochs))].toSorted((a, b) => a - b)).toEqual([2, 8, 20])
  })

  it.each([{ factor: 1 }, { trials: 0 }, { minEpochs: 0.5 }, { variant: 'both' }, { eta: 3 }])(
    'refuses %o',
    (options) => {
      expect(() => asha(options as never)).toThrow(expect.objectContaining({ code: 'tuner/bad-option' }))
    },
  )

  it('refuses more epochs than the study trains, and fewer than one rung', () => {
    for (const options of [{ maxEpochs: 28 }, { minEpochs: 28 }]) {
      expect(() => asha(options).create(context)).toThrow(expect.objectContaining({ code: 'tuner/bad-option' }))
    }
  })
})
