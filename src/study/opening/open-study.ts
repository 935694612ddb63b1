import { TunerError } from '../../core/errors.ts'
import type { Json } from '../../core/json.ts'
import { RandomStream } from '../../core/random.ts'
import type { StudyRecord, StudySource } from '../../core/study.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { Space } from '../../search-space/space.ts'
import type { Storage } from '../../storage/storage.ts'
import type { EngineChoice } from '../../trial-runner/engines/registry.ts'
import type { Candidate } from '../../trial-runner/measurement/measurement.ts'
import { randomSearch } from '../../tuners/random-search.ts'
import { takesTrials, tunerFromJSON, tunerNames } from '../../tuners/registry.ts'
import { tryFirst } from '../../tuners/try-first.ts'
import type { TunerJson, TunerSpec } from '../../tuners/tuner.ts'
import type { StudyDefinition } from '../definition/definition.ts'
import { describeSettings, type Overrides, type ResolvedStudy, resolveStudy } from '../definition/settings.ts'
import { spaceOf } from '../definition/space-of.ts'
import { checkUnchanged } from './check-unchanged.ts'
import { describeData } from './describe-data.ts'
import { engineQuestion } from './engine-choice.ts'
import { describeEnvironment } from './environment.ts'
import type { KeptEngines } from './kept-engines.ts'

/** What a caller may say about a run besides the definition. */
export interface StudyChoices extends Overrides {
  /** Default: what is fastest for the model. Kept with the study. */
  readonly engines?: Partial<EngineChoice>
  /** In place of the definition's name. */
  readonly name?: string
  /** New trials at most, in place of the tuner's own number; may grow from run to run. */
  readonly trials?: number
  /** A registered tuner in place of the definition's. */
  readonly tuner?: string
}

/** A study ready to run: its record (new or as it was kept) and everything that its definition stands for. */
export interface OpenStudy {
  readonly record: StudyRecord
  readonly isNew: boolean
  readonly resolved: ResolvedStudy
  readonly overrides: Overrides
  readonly space: Space
  readonly tuner: TunerSpec
  readonly engines: KeptEngines
  /** What is to be measured before `engines` is final; none where it is. */
  readonly candidates: readonly Candidate[]
  readonly dataset: Dataset | undefined
}

/**
 * Reads the data, checks the definition and holds it against the study of that name, if there is one. Changes nothing.
 * Throws what the data, the space or the definition are guilty of, and `study/changed`.
 */
export async function openStudy(
  definition: StudyDefinition,
  source: StudySource,
  choices: StudyChoices,
  storage: Storage,
): Promise<OpenStudy> {
  const name = choices.name ?? definition.name
  const kept = (await storage.readStudy(name))?.study
  const overrides = overridesOf(choices, kept)
  const tuner = chooseTuner(definition, choices, kept)
  const limit = takesTrials(tuner.name) ? undefined : choices.trials
  const resolved = resolveStudy(definition, overrides, limit)
  const dataset = await readData(definition, source)
  // A split that cannot be made is the study's fault, not a trial's.
  if (dataset !== undefined)
    resolved.workload.validation?.split(dataset, new RandomStream(resolved.seed).split('folds'))
  const { engines, candidates } = await engineQuestion(definition, choices.engines ?? {}, kept)
  const space = await spaceOf(definition, resolved, dataset, kept)
  const now: StudyRecord = {
    name,
    seed: resolved.seed,
    source,
    space: space.toJSON() as never,
    tuner: { name: tuner.name, options: tuner.options },
    objective: resolved.objective,
    settings: {
      ...describeSettings(definition, resolved),
      ...(definition.objective === undefined ? { engines: { ...engines } as never } : {}),
      ...(Object.keys(overrides).length === 0 ? {} : { overrides: { ...overrides } }),
      ...(dataset === undefined ? {} : { data: describeData(dataset) }),
    },
    environment: describeEnvironment(),
    createdAt: Date.now(),
  }
  if (kept !== undefined) checkUnchanged(kept, now)
  const record = kept ?? now
  return { record, isNew: kept === undefined, resolved, overrides, space, tuner, engines, candidates, dataset }
}

/** What a study was told when it was started, besides its definition, holds for all its runs. */
function overridesOf({ epochs, seed, deterministic }: StudyChoices, kept: StudyRecord | undefined): Overrides {
  const told = { epochs, seed, deterministic }
  const given = Object.entries(told).filter(([, value]) => value !== undefined)
  return { ...(kept?.settings.overrides as Overrides | undefined), ...Object.fromEntries(given) }
}

function chooseTuner(definition: StudyDefinition, choices: StudyChoices, kept: StudyRecord | undefined): TunerSpec {
  const { tuner: named, trials } = choices
  const declared = definition.tuner ?? randomSearch({ trials: 20 })
  if (named === undefined && kept !== undefined && tunerNames.includes(kept.tuner.name)) {
    return tunerFromJSON(withTrials(kept.tuner, trials))
  }
  const { tryFirst: first = [] } = definition
  const spec = named === undefined ? declared : tunerFromJSON({ name: named, options: {} })
  const limit = trials ?? (named === undefined ? undefined : declared.options.trials)
  const limited = takesTrials(spec.name) && limit !== undefined ? tunerFromJSON(withTrials(spec, limit)) : spec
  return first.length === 0 ? limited : tryFirst(limited, first)
}

function withTrials({ name, options }: TunerJson, trials: Json | undefined): TunerJson {
  return trials === undefined || !takesTrials(name) ? { name, options } : { name, options: { ...options, trials } }
}

async function readData(definition: StudyDefinition, source: StudySource): Promise<Dataset | undefined> {
  if (definition.data === undefined) return undefined
  const path = source.kind === 'inline' ? process.env.TUNE_DATA : source.dataPath
  const dataset = await definition.data({ path })
  if (typeof dataset?.rows === 'number' && Array.isArray(dataset.inputs)) return dataset
  throw new TunerError('study/bad-definition', 'data() did not return a dataset.', {
    hint: 'Return what csv(...), arrays(...) or a generator gives.',
  })
}
