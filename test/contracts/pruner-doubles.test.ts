import { describe, expect, it } from 'vitest'
import type { Pruner } from '../../src/tuners/pruner.ts'
import { medianPruner } from '../../src/tuners/pruners/percentile-pruner.ts'
import type { Observation } from '../../src/tuners/tuner.ts'
import { type MakePruner, prunerRules } from './pruner.ts'

const inner = medianPruner()

function double(part: Partial<Pruner>): Pruner {
  return { name: 'double', toJSON: () => ({ name: 'double', options: {} }), decide: inner.decide, ...part }
}

function counting(): Pruner {
  let asked = 0
  const turned = { stop: 'continue', continue: 'stop' } as const
  return double({
    decide(...about) {
      const decision = inner.decide(...about)
      return ++asked === 5 ? turned[decision] : decision
    },
  })
}

function allFoldsInOne(one: Observation): Observation {
  return { ...one, folds: [one.folds.at(-1) ?? []] }
}

/** Each broken in one way; what a broken one fails. */
const doubles: { readonly [rule in keyof typeof prunerRules]: MakePruner } = {
  'says continue or stop at every epoch, whatever the values': () =>
    double({ decide: (...about) => (Number.isFinite(about[1].value) ? inner.decide(...about) : (undefined as never)) }),
  'never stops the only trial': () => double({ decide: (_, { value }) => (value > 2 ? 'stop' : 'continue') }),
  'stops poor trials among good ones': () => double({ decide: () => 'continue' }),
  'lets a trial go on that leads at every fold and epoch': () => double({ decide: () => 'stop' }),
  'stops a trial that is NaN from the start, or leaves it alone at every epoch': () =>
    double({ decide: (...about) => (Number.isNaN(about[1].value) ? 'continue' : inner.decide(...about)) }),
  'is a pure function: asked again, asked afresh, asked about others in between': () => counting(),
  'leaves what it is given as it was': () =>
    double({
      decide(trial, moment, history) {
        ;(history as Observation[]).reverse()
        return inner.decide(trial, moment, history)
      },
    }),
  'compares within the fold': () =>
    double({ decide: (trial, moment, history) => inner.decide(trial, moment, history.map(allFoldsInOne)) }),
  'compares at the epoch': () =>
    double({
      decide(_trial, moment, history) {
        const last = history.map((one) => Math.min(...(one.folds[moment.fold] ?? [])))
        return moment.value > Math.max(...last.filter(Number.isFinite), 3) && history.length > 0 ? 'stop' : 'continue'
      },
    }),
  'has a name, and JSON that keeps it': () => double({ name: 'other' }),
}

describe('broken pruners', () => {
  it.each(Object.entries(doubles))('fail the rule: %s', (rule, make) => {
    const check = prunerRules[rule as keyof typeof prunerRules] as (make: MakePruner, traits: object) => void
    expect(() => check(medianPruner, {})).not.toThrow()
    expect(() => check(make, {})).toThrow()
  })
})
