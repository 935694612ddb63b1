import type { Json } from '../../core/json.ts'
import type { Space } from '../../search-space/space.ts'
import { isBetter, standingOf } from '../standing.ts'
import type { History, Observation } from '../tuner.ts'
import { type Distribution, initialDistribution, nextDistribution } from './distribution.ts'
import type { Strategy } from './strategy.ts'

/** What a trial of the strategy remembers: its generation, and the trials that made the distribution it came from. */
export interface GenerationNote {
  readonly generation: number
  /** Numbers of trials, as many as the population has; none in generation 0. */
  readonly from: readonly number[]
}

interface Step {
  readonly trials: readonly Observation[]
  readonly distribution: Distribution
}

/**
 * The strategy's state as a function of history. A generation ends when as many of its trials have finished as the
 * population has; workers need not wait for the others, which then play no part. Which trials ended it is written into
 * the notes of the next generation, so that late results do not rewrite the past.
 */
export class Generations {
  readonly #space: Space
  readonly #axes: readonly number[]
  readonly #strategy: Strategy
  readonly #sigma: number
  /** A cache: step g is the distribution of generation g and the trials that it rests on. */
  #steps: Step[] = []

  /** `axes` are the dimensions of the space that take part. */
  constructor(space: Space, axes: readonly number[], strategy: Strategy, sigma: number) {
    this.#space = space
    this.#axes = axes
    this.#strategy = strategy
    this.#sigma = sigma
  }

  current(history: History): { readonly distribution: Distribution; readonly note: GenerationNote } {
    const notes = history.map(({ note }) => readNote(note))
    const last = notes.reduce((most, note) => Math.max(most, note?.generation ?? 0), 0)
    let step = this.#step(0, undefined, priorTrials(history, notes))
    let from: readonly number[] = []
    for (let generation = 1; generation <= last + 1; generation++) {
      const recorded = notes.find((note) => note?.generation === generation)?.from
      const made = recorded ?? this.#finished(history, notes, generation - 1)
      if (made.length < this.#strategy.population) break
      step = this.#step(
        generation,
        step,
        made.map((number) => history[number] as Observation),
      )
      from = made
    }
    return { distribution: step.distribution, note: { generation: step.distribution.generation, from } }
  }

  #finished(history: History, notes: readonly (GenerationNote | undefined)[], generation: number): readonly number[] {
    return history
      .filter(({ status, number }) => status !== 'pending' && notes[number]?.generation === generation)
      .slice(0, this.#strategy.population)
      .map(({ number }) => number)
  }

  #step(generation: number, before: Step | undefined, trials: readonly Observation[]): Step {
    const kept = this.#steps[generation]
    const isSame = kept?.trials.length === trials.length && kept.trials.every((trial, i) => trial === trials[i])
    if (kept !== undefined && isSame) return kept
    const ranked = trials
      .map((trial) => ({ trial, standing: standingOf(trial) }))
      .sort((a, b) => Number(isBetter(b.standing, a.standing)) - Number(isBetter(a.standing, b.standing)))
      .map(({ trial }) => this.#pointOf(trial))
    const distribution =
      before === undefined
        ? initialDistribution(ranked[0] ?? new Float64Array(this.#axes.length).fill(0.5), this.#sigma)
        : nextDistribution(this.#strategy, before.distribution, ranked)
    this.#steps = [...this.#steps.slice(0, generation), { trials, distribution }]
    return { trials, distribution }
  }

  #pointOf({ params }: Observation): Float64Array {
    const point = this.#space.encode(params)
    return Float64Array.from(this.#axes, (axis) => point[axis] as number)
  }
}

/** Complete trials that others proposed before the strategy began: the best of them is where it starts. */
function priorTrials(history: History, notes: readonly (GenerationNote | undefined)[]): readonly Observation[] {
  const start = notes.findIndex((note) => note !== undefined)
  return history.slice(0, start < 0 ? history.length : start).filter(({ status }) => status === 'complete')
}

function readNote(note: Json | undefined): GenerationNote | undefined {
  return typeof note === 'object' && note !== null && 'generation' in note
    ? (note as unknown as GenerationNote)
    : undefined
}
