import { describe, expect, it } from 'vitest'
import { tunerFromJSON, tunerNames } from '../../src/tuners/registry.ts'
import { bowl, contextFor, play } from '../contracts/play.ts'
import { twelve } from '../contracts/tuner-spaces.ts'

/** Tuners whose number of trials follows from their brackets. */
const byBrackets: readonly string[] = ['hyperband', 'bohb']

describe('the registry of tuners', () => {
  it.each(tunerNames)('brings %s back from its JSON', (name) => {
    const known = [{ a: 2, b: 'r' }]
    const own = byBrackets.includes(name) ? { iterations: 2 } : { trials: 8 }
    for (const options of [{}, own, { ...own, tryFirst: known }]) {
      const spec = tunerFromJSON({ name, options })
      const tuner = spec.create(contextFor(twelve))
      expect({ name: spec.name, options: spec.options }).toEqual({ name, options })
      expect(tuner.name).toBe(name)
      const again = tunerFromJSON(JSON.parse(JSON.stringify(tuner))).create(contextFor(twelve))
      const trials = { trials: 6 }
      expect(play(again, bowl(twelve), trials)).toEqual(play(tuner, bowl(twelve), trials))
    }
  })

  it.each(['simulatedAnnealing', 'toString', ''])('does not know "%s", and says whom it knows', (name) => {
    expect(() => tunerFromJSON({ name, options: {} })).toThrow(
      expect.objectContaining({ code: 'tuner/unknown', hint: expect.stringContaining(tunerNames.join(', ')) }),
    )
  })

  it('refuses options that the tuner does not have, and says which it has', () => {
    for (const name of tunerNames) {
      expect(() => tunerFromJSON({ name, options: { toString: 1 } })).toThrow(
        expect.objectContaining({ code: 'tuner/bad-option', hint: expect.stringContaining('tryFirst') }),
      )
    }
  })

  it('refuses a tryFirst that is no list of configurations', () => {
    for (const first of [3, {}, [3], [[1]], [null]]) {
      expect(() => tunerFromJSON({ name: 'randomSearch', options: { tryFirst: first } })).toThrow(
        expect.objectContaining({ code: 'tuner/bad-option' }),
      )
    }
  })
})
