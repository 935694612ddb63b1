import { TunerError } from '../core/errors.ts'
import type { Params } from '../core/params.ts'
import { checkParams } from '../search-space/check-params.ts'
import type { Space } from '../search-space/space.ts'
import { Proposed } from './proposed.ts'
import type { History, Observation, Suggestion, Tuner, TunerContext, TunerJson, TunerSpec } from './tuner.ts'

/**
 * The tuner of `spec`, told to begin with configurations known to be good; it learns from them as from its own. All of
 * them are tried, in the order given, and they count among the tuner's `trials`. Kept as the option `tryFirst`.
 * `create` throws `space/bad-value` for what is not a configuration of the space.
 */
export function tryFirst(spec: TunerSpec, configurations: readonly Params[]): TunerSpec {
  const later = spec.options.tryFirst
  const all = [...configurations, ...(Array.isArray(later) ? later : [])]
  const json = { name: spec.name, options: { ...spec.options, tryFirst: all } }
  return { ...json, create: (context) => new TryFirst(json, spec.create(context), context, configurations) }
}

class TryFirst implements Tuner {
  readonly name: string
  readonly capabilities: Tuner['capabilities']
  readonly #json: TunerJson
  readonly #inner: Tuner
  readonly #epochs: number
  readonly #first: readonly Params[]
  readonly #proposed: Proposed

  constructor(json: TunerJson, inner: Tuner, { space, epochs }: TunerContext, configurations: readonly Params[]) {
    for (const params of configurations) checkConfiguration(space, params)
    this.name = inner.name
    this.capabilities = inner.capabilities
    this.#json = json
    this.#inner = inner
    this.#epochs = epochs
    this.#first = [...new Map(configurations.map((params) => [space.key(params), params])).values()]
    this.#proposed = new Proposed(space)
  }

  suggest(history: History, count: number): Suggestion[] {
    this.#proposed.follow(history)
    const left = this.#first.filter((params) => !this.#proposed.has(params)).slice(0, count)
    const first = left.map((params) => ({ params, epochs: this.#epochs }))
    if (first.length === count) return first
    const pending = first.map((suggestion, i) => asPending(suggestion, history.length + i))
    return [...first, ...this.#inner.suggest([...history, ...pending], count - first.length)]
  }

  exhausted(history: History): boolean {
    return this.#inner.exhausted?.(history) ?? false
  }

  mayContinue(history: History): readonly number[] {
    return this.#inner.mayContinue?.(history) ?? history.map(({ number }) => number)
  }

  toJSON(): TunerJson {
    return this.#json
  }
}

function checkConfiguration(space: Space, params: Params): void {
  checkParams(space, params)
  if (space.allows(params)) return
  throw new TunerError(
    'space/bad-value',
    `Not a configuration of this space: tryFirst holds ${JSON.stringify(params)}, which breaks a constraint.`,
    { hint: 'Leave it out of tryFirst, or loosen the constraint.' },
  )
}

function asPending({ params, epochs }: Suggestion, number: number): Observation {
  return { number, params, status: 'pending', epochs, value: undefined, curve: [], folds: [], note: undefined }
}
