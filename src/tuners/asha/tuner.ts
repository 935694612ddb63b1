import type { Json } from '../../core/json.ts'
import type { FreshSampler } from '../fresh-sample.ts'
import { rungValue } from '../rung-value.ts'
import type { History, Observation, Suggestion, Tuner, TunerCapabilities, TunerContext, TunerJson } from '../tuner.ts'
import { promotable } from './promotion.ts'
import type { Contender } from './rungs.ts'
import { continuable } from './stopping.ts'

export type AshaVariant = 'promotion' | 'stopping'

interface Parts {
  readonly json: TunerJson
  readonly context: TunerContext
  readonly sampler: FreshSampler
  /** The epochs of each rung, the last one the largest budget. */
  readonly rungs: readonly number[]
  readonly factor: number
  readonly trials: number
  readonly variant: AshaVariant
}

/** Asks a rule who goes on; if nobody does, starts a new trial. The place of a trial is kept in its note. */
export class AshaTuner implements Tuner {
  readonly name = 'asha'
  readonly capabilities: TunerCapabilities = { adaptive: true, budgets: true, finite: true }
  readonly #parts: Parts
  /** What an observation says, by its identity. */
  readonly #contenders = new WeakMap<Observation, Contender>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  suggest(history: History, count: number): Suggestion[] {
    const { rungs, trials, sampler, context } = this.#parts
    const contenders = history.flatMap((observation) => this.#read(observation))
    const taken = sampler.taken(history)
    const suggestions: Suggestion[] = []
    let number = history.length
    let started: 'all' | 'some' = number < trials ? 'some' : 'all'
    while (suggestions.length < count) {
      const next = this.#next(contenders, started)
      if (next !== undefined) {
        const rung = next.rung + 1
        contenders[contenders.indexOf(next)] = { ...next, rung, state: 'running' }
        suggestions.push({ params: next.params, epochs: rungs[rung] ?? 0, continueFrom: next.number, note: { rung } })
        continue
      }
      if (started === 'all') break
      const params = sampler.draw(context.random.split(number), taken)
      if (params === undefined) {
        started = 'all'
        continue
      }
      contenders.push({ number: number++, params, rung: 0, state: 'running', values: [] })
      suggestions.push({ params, epochs: rungs[0] ?? 0, note: { rung: 0 } })
      if (number >= trials) started = 'all'
    }
    return suggestions
  }

  toJSON(): TunerJson {
    return this.#parts.json
  }

  #next(contenders: readonly Contender[], started: 'all' | 'some'): Contender | undefined {
    const { factor, rungs, variant } = this.#parts
    const top = rungs.length - 1
    if (variant === 'stopping') return continuable(contenders, factor, top)
    return promotable(contenders, factor, top, started)
  }

  #read(observation: Observation): Contender | [] {
    const known = this.#contenders.get(observation)
    if (known !== undefined) return known
    const rung = rungOf(observation.note)
    if (rung === undefined) return []
    const { number, params, status } = observation
    const passed = this.#parts.rungs.slice(0, status === 'pending' ? rung : rung + 1)
    const values = passed.map((epochs, at) =>
      status === 'failed' && at === rung ? Number.POSITIVE_INFINITY : rungValue(observation, epochs),
    )
    const isDone = status === 'complete' && Number.isFinite(values[rung])
    const state = status === 'pending' ? 'running' : isDone ? 'done' : 'out'
    const contender: Contender = { number, params, rung, state, values }
    this.#contenders.set(observation, contender)
    return contender
  }
}

/** The rung of a trial, or undefined for a trial that this tuner has not proposed. */
function rungOf(note: Json | undefined): number | undefined {
  if (note === null || typeof note !== 'object' || Array.isArray(note)) return undefined
  const { rung } = note as { readonly [key: string]: Json }
  return typeof rung === 'number' ? rung : undefined
}
