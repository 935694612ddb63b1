import { TunerError } from '../../core/errors.ts'
import type { Json } from '../../core/json.ts'
import { checkOptions } from '../options.ts'
import type { Pruner, PrunerJson } from '../pruner.ts'
import { type HyperbandPrunerOptions, hyperbandPruner, successiveHalvingPruner } from './halving-pruner.ts'
import { noPruner } from './no-pruner.ts'
import { type PatientPrunerOptions, patientPruner } from './patient-pruner.ts'
import { medianPruner, type PercentilePrunerOptions, percentilePruner } from './percentile-pruner.ts'
import { type ThresholdPrunerOptions, thresholdPruner } from './threshold-pruner.ts'
import { wilcoxonPruner } from './wilcoxon-pruner.ts'

type Options = { readonly [key: string]: Json }

/** Every pruner by its name. Each checks its own options, so that any JSON may be handed to it. */
const pruners: Readonly<Record<string, (options: Options) => Pruner>> = {
  noPruner(options) {
    checkOptions('noPruner', options, {}, [])
    return noPruner()
  },
  medianPruner,
  percentilePruner: (options) => percentilePruner(options as unknown as PercentilePrunerOptions),
  successiveHalvingPruner,
  hyperbandPruner: (options) => hyperbandPruner(options as unknown as HyperbandPrunerOptions),
  thresholdPruner: (options) => thresholdPruner(options as ThresholdPrunerOptions),
  patientPruner({ inner, ...own }) {
    return patientPruner(prunerFromJSON(prunerJson(inner)), own as unknown as PatientPrunerOptions)
  },
  wilcoxonPruner,
}

export const prunerNames: readonly string[] = Object.keys(pruners)

/** The inverse of {@link Pruner.toJSON}; throws `tuner/unknown` or `tuner/bad-option`. */
export function prunerFromJSON({ name, options }: PrunerJson): Pruner {
  const make = Object.hasOwn(pruners, name) ? pruners[name] : undefined
  if (make !== undefined) return make(options)
  throw new TunerError('tuner/unknown', `There is no pruner "${name}".`, {
    hint: `Choose one of: ${prunerNames.join(', ')}.`,
  })
}

function prunerJson(json: Json | undefined): PrunerJson {
  if (json !== null && typeof json === 'object' && !Array.isArray(json)) {
    const { name, options = {} } = json as Options
    const isObject = options !== null && typeof options === 'object' && !Array.isArray(options)
    if (typeof name === 'string' && isObject) return { name, options: options as Options }
  }
  throw new TunerError(
    'tuner/bad-option',
    `Option inner of patientPruner: expected the name and options of a pruner, got ${JSON.stringify(json)}.`,
    { hint: 'Write it like { "name": "medianPruner", "options": {} }.' },
  )
}
