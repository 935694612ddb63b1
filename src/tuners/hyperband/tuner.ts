import type { Params } from '../../core/params.ts'
import type { FreshProposals } from '../fresh-proposals.ts'
import { numberInNote } from '../note.ts'
import { rungValue } from '../rung-value.ts'
import type { History, Observation, Suggestion, Tuner, TunerCapabilities, TunerJson } from '../tuner.ts'
import { type Climber, Halving } from './halving.ts'
import { mayClimb } from './may-continue.ts'
import type { Bracket } from './plan.ts'

interface Parts {
  readonly json: TunerJson
  readonly plan: readonly Bracket[]
  readonly iterations: number
  readonly proposals: FreshProposals
}

/**
 * Runs the brackets of a plan one after the other, each a {@link Halving}. Before a bracket's rung is complete its
 * workers go on with the next bracket, so that nobody waits. The place of a trial is kept in its note.
 */
export class HyperbandTuner implements Tuner {
  readonly name: string
  readonly capabilities: TunerCapabilities = { adaptive: true, budgets: true, finite: true }
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.name = parts.json.name
    this.#parts = parts
  }

  suggest(history: History, count: number): Suggestion[] {
    const brackets = this.#read(history)
    const propose = this.#parts.proposals.after(history)
    const suggestions: Suggestion[] = []
    let number = history.length
    let closed = false
    while (suggestions.length < count) {
      const promotion = promote(brackets, closed)
      if (promotion !== undefined) {
        suggestions.push(promotion)
        continue
      }
      const at = closed ? -1 : this.#open(brackets)
      if (at < 0) break
      const params = propose(number)
      if (params === undefined) closed = true
      else suggestions.push(start(brackets, at, number++, params))
    }
    return suggestions
  }

  exhausted(history: History): boolean {
    return this.#open(this.#read(history)) >= 0 && this.#parts.proposals.after(history)(history.length) === undefined
  }

  mayContinue(history: History): readonly number[] {
    return this.#read(history).flatMap(({ plan, climbers }) => mayClimb(plan, climbers))
  }

  toJSON(): TunerJson {
    return this.#parts.json
  }

  /** The first bracket that has places for new trials, begun if need be; -1 if there is none. */
  #open(brackets: Halving[]): number {
    const { plan, iterations } = this.#parts
    const at = brackets.findIndex((bracket) => bracket.started < (bracket.plan[0]?.trials ?? 0))
    const next = plan[brackets.length % plan.length]
    if (at >= 0 || next === undefined || brackets.length >= plan.length * iterations) return at
    return brackets.push(new Halving(next)) - 1
  }

  #read(history: History): Halving[] {
    const { plan } = this.#parts
    const brackets: Halving[] = []
    for (const observation of history) {
      const place = numberInNote(observation.note, 'bracket')
      const rung = numberInNote(observation.note, 'rung')
      if (place === undefined || rung === undefined) continue
      for (let at = brackets.length; at <= place; at++) brackets.push(new Halving(plan[at % plan.length] ?? []))
      const bracket = brackets[place]
      bracket?.set(climber(observation, rung, bracket.plan[rung]?.epochs ?? 0))
    }
    return brackets
  }
}

function promote(brackets: readonly Halving[], closed: boolean): Suggestion | undefined {
  for (const [at, bracket] of brackets.entries()) {
    const climber = bracket.promotable(closed)
    if (climber === undefined) continue
    const { number, params } = climber
    const rung = climber.rung + 1
    bracket.set({ ...climber, rung, state: 'running' })
    const epochs = bracket.plan[rung]?.epochs ?? 0
    return { params, epochs, continueFrom: number, note: { bracket: at, rung } }
  }
  return undefined
}

function start(brackets: readonly Halving[], at: number, number: number, params: Params): Suggestion {
  const bracket = brackets[at]
  bracket?.set({ number, params, rung: 0, state: 'running', value: Number.POSITIVE_INFINITY })
  return { params, epochs: bracket?.plan[0]?.epochs ?? 0, note: { bracket: at, rung: 0 } }
}

function climber(observation: Observation, rung: number, epochs: number): Climber {
  const { number, params, status } = observation
  if (status === 'pending') return { number, params, rung, state: 'running', value: Number.POSITIVE_INFINITY }
  const value = status === 'complete' ? rungValue(observation, epochs) : Number.POSITIVE_INFINITY
  return { number, params, rung, state: value < Number.POSITIVE_INFINITY ? 'done' : 'out', value }
}
