import { FreshProposals } from '../fresh-proposals.ts'
import { numberInNote } from '../note.ts'
import { rungValue } from '../rung-value.ts'
import type { History, Observation, Suggestion, Tuner, TunerCapabilities, TunerContext, TunerJson } from '../tuner.ts'
import type { Contender } from './contender.ts'
import { mayBePromoted, mayGoOn } from './may-continue.ts'
import { promotable } from './promotion.ts'
import { runnerUp } from './spare-time.ts'
import { continuable } from './stopping.ts'

export type AshaVariant = 'promotion' | 'stopping'

interface Parts {
  readonly json: TunerJson
  readonly context: TunerContext
  /** The epochs of each rung, the last one the largest budget. */
  readonly rungs: readonly number[]
  readonly factor: number
  readonly trials: number
  readonly variant: AshaVariant
}

/** Asks a rule who goes on; if nobody does, starts a new trial. The rung of a trial is kept in its note. */
export class AshaTuner implements Tuner {
  readonly name = 'asha'
  readonly capabilities: TunerCapabilities = { adaptive: true, budgets: true, finite: false }
  readonly #parts: Parts
  readonly #proposals: FreshProposals
  /** What an observation says, by its identity. */
  readonly #contenders = new WeakMap<Observation, Contender>()

  constructor(parts: Parts) {
    this.#parts = parts
    this.#proposals = new FreshProposals(parts.context)
  }

  suggest(history: History, count: number): Suggestion[] {
    const { rungs, trials } = this.#parts
    const contenders = history.flatMap((observation) => this.#read(observation))
    const propose = this.#proposals.after(history)
    const suggestions: Suggestion[] = []
    let number = history.length
    let started: 'all' | 'some' = number < trials ? 'some' : 'all'
    while (suggestions.length < count) {
      const next = this.#next(contenders, started)
      if (next !== undefined) {
        const rung = next.rung + 1
        contenders[contenders.indexOf(next)] = { ...next, rung, state: 'running' }
        suggestions.push(this.#goOn(next, rung, { rung }))
        continue
      }
      if (started === 'all') {
        const spare = runnerUp(contenders, rungs)
        if (spare === undefined) break
        const rung = (spare.spare?.rung ?? spare.rung) + 1
        contenders[contenders.indexOf(spare)] = { ...spare, state: 'spare', spare: { rung, state: 'running' } }
        suggestions.push(this.#goOn(spare, rung, { rung, spareFrom: spare.rung }))
        continue
      }
      const params = propose(number)
      if (params !== undefined) {
        contenders.push({ number: number++, params, rung: 0, state: 'running', values: [] })
        suggestions.push({ params, epochs: rungs[0] ?? 0, note: { rung: 0 } })
      }
      if (params === undefined || number >= trials) started = 'all'
    }
    return suggestions
  }

  #goOn({ number, params }: Contender, rung: number, note: Suggestion['note']): Suggestion {
    return { params, epochs: this.#parts.rungs[rung] ?? 0, continueFrom: number, note: note ?? null }
  }

  exhausted(history: History): boolean {
    return history.length < this.#parts.trials && this.#proposals.after(history)(history.length) === undefined
  }

  mayContinue(history: History): readonly number[] {
    const { factor, rungs, trials, variant } = this.#parts
    const contenders = history.flatMap((observation) => this.#read(observation))
    const top = rungs.length - 1
    if (variant === 'stopping') return mayGoOn(contenders, factor, top)
    return mayBePromoted(contenders, factor, top, trials)
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
    const rung = numberInNote(observation.note, 'rung')
    if (rung === undefined) return []
    const { number, params, status } = observation
    const passed = this.#parts.rungs.slice(0, status === 'complete' ? rung + 1 : rung)
    const values = passed.map((epochs, at) => {
      const value = rungValue(observation, epochs)
      // Who has gone on was among the best there, even where a study conceals or has lost the curve.
      return at < rung && value === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : value
    })
    const isDone = status === 'complete' && Number.isFinite(values[rung])
    const state = status === 'pending' ? 'running' : isDone ? 'done' : 'out'
    const spareFrom = numberInNote(observation.note, 'spareFrom')
    const contender: Contender =
      spareFrom === undefined
        ? { number, params, rung, state, values }
        : { number, params, rung: spareFrom, state: 'spare', values, spare: { rung, state } }
    this.#contenders.set(observation, contender)
    return contender
  }
}
