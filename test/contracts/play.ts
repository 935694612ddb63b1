import type { Params } from '../../src/core/params.ts'
import { RandomStream } from '../../src/core/random.ts'
import type { Space } from '../../src/search-space/space.ts'
import type { Observation, Suggestion, Tuner, TunerContext } from '../../src/tuners/tuner.ts'

export type Outcome = Pick<Observation, 'status' | 'value'>

/** What becomes of a trial: by default it completes with a value that depends on its configuration alone. */
export type Objective = (params: Params, number: number) => Outcome

export function contextFor(space: Space, seed: number | string = 1, epochs = 9): TunerContext {
  return { space, random: new RandomStream(seed), epochs }
}

/** A smooth function of the unit cube with its optimum off the middle, absent dimensions at no cost. */
export function bowl(space: Space): Objective {
  return (params) => {
    let value = 0
    space.encode(params).forEach((unit, i) => {
      if (!Number.isNaN(unit)) value += (unit - 0.3 - 0.05 * (i % 7)) ** 2
    })
    return { status: 'complete', value }
  }
}

/** A study by hand: asks for `batch` at a time and answers at once, until `trials` are there or the tuner is done. */
export function play(
  tuner: Tuner,
  objective: Objective,
  options: { readonly trials: number; readonly batch?: number; readonly from?: readonly Observation[] },
): Observation[] {
  const history: Observation[] = [...(options.from ?? [])]
  while (history.length < options.trials) {
    const suggestions = tuner.suggest(history, Math.min(options.batch ?? 1, options.trials - history.length))
    if (suggestions.length === 0) break
    for (const suggestion of suggestions) take(history, suggestion, objective)
  }
  return history
}

function take(history: Observation[], suggestion: Suggestion, objective: Objective): void {
  const number = suggestion.continueFrom ?? history.length
  history[number] = observe(number, suggestion, objective(suggestion.params, number))
}

/** The observation of a trial that did what was suggested. */
export function observe(number: number, suggestion: Suggestion, { status, value }: Outcome): Observation {
  const { params, epochs, note } = suggestion
  const reached = status === 'complete' ? epochs : status === 'pruned' ? Math.max(1, Math.floor(epochs / 3)) : 0
  const curve = value === undefined ? [] : Array.from({ length: reached }, (_, i) => value + (reached - 1 - i) * 0.1)
  return Object.freeze({ number, params, status, epochs, value, curve, folds: [curve], note })
}

/** Parameters alone, in order. */
export function proposals(history: readonly Observation[]): Params[] {
  return history.map(({ params }) => params)
}
