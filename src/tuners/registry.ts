import { TunerError } from '../core/errors.ts'
import type { Json } from '../core/json.ts'
import type { Params } from '../core/params.ts'
import { asha } from './asha/asha.ts'
import { bayesianOptimization } from './bayesian-optimization/tuner.ts'
import { bohb } from './bohb/bohb.ts'
import { cmaEs } from './cma-es/tuner.ts'
import { gridSearch } from './grid-search.ts'
import { hyperband } from './hyperband/hyperband.ts'
import { quasiRandom } from './quasi-random/tuner.ts'
import { randomSearch } from './random-search.ts'
import { tpe } from './tpe/tuner.ts'
import { tryFirst } from './try-first.ts'
import type { TunerJson, TunerSpec } from './tuner.ts'

type Options = { readonly [key: string]: Json }

/** Every tuner by its name. Each checks its own options, so that any JSON may be handed to it. */
const tuners: Readonly<Record<string, (options: Options) => TunerSpec>> = {
  randomSearch,
  gridSearch,
  quasiRandom,
  tpe,
  cmaEs,
  bayesianOptimization,
  hyperband,
  asha,
  bohb,
}

/** Their plan says how many trials there are; they take no number. */
const planned: ReadonlySet<string> = new Set(['hyperband', 'bohb'])

/** Whether a tuner has an option `trials`; not those whose plan decides, nor any that is not registered. */
export function takesTrials(name: string): boolean {
  return Object.hasOwn(tuners, name) && !planned.has(name)
}

export const tunerNames: readonly string[] = Object.keys(tuners)

/** The inverse of {@link TunerSpec}'s JSON; throws `tuner/unknown` or `tuner/bad-option`. */
export function tunerFromJSON({ name, options }: TunerJson): TunerSpec {
  const make = Object.hasOwn(tuners, name) ? tuners[name] : undefined
  if (make === undefined) {
    throw new TunerError('tuner/unknown', `There is no tuner "${name}".`, {
      hint: `Choose one of: ${tunerNames.join(', ')}.`,
    })
  }
  const { tryFirst: first, ...own } = options
  const spec = make(own)
  return first === undefined ? spec : tryFirst(spec, configurationsFrom(first))
}

function configurationsFrom(json: Json): readonly Params[] {
  const isObject = (item: Json) => typeof item === 'object' && item !== null && !Array.isArray(item)
  if (Array.isArray(json) && json.every(isObject)) return json as readonly Params[]
  throw new TunerError(
    'tuner/bad-option',
    `Option tryFirst: expected a list of configurations, got ${JSON.stringify(json)}.`,
    { hint: 'Write it like [{ "units": 32, "dropout": 0.2 }].' },
  )
}
