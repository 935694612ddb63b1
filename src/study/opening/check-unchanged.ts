import { isDeepStrictEqual } from 'node:util'
import { TunerError } from '../../core/errors.ts'
import type { Json } from '../../core/json.ts'
import type { StudyRecord } from '../../core/study.ts'
import { compareSpaces } from '../../search-space/compare.ts'
import type { SpaceSpec } from '../../search-space/spec.ts'

/** Throws `study/changed`, naming each difference that would mix results that cannot be compared. */
export function checkUnchanged(kept: StudyRecord, now: StudyRecord): void {
  const differences = [
    ...compareSpaces(kept.space as unknown as SpaceSpec, now.space as unknown as SpaceSpec),
    ...compareObjects('', settled(kept), settled(now)),
    ...compareObjects('optimize.', { ...kept.objective }, { ...now.objective }),
    ...compareTuners(kept.tuner, now.tuner),
  ]
  if (differences.length === 0) return
  throw new TunerError(
    'study/changed',
    `Study "${kept.name}" was started differently, so its results cannot be gone on with: ${differences.join('; ')}.`,
    { hint: 'Undo the change, or start a study of its own with --name.' },
  )
}

type JsonObject = { readonly [key: string]: Json }

function compareObjects(prefix: string, before: JsonObject, after: JsonObject): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...keys]
    .filter((key) => !isDeepStrictEqual(before[key], after[key]))
    .map((key) => `${prefix}${key}: ${show(after[key])} was ${show(before[key])}`)
}

/** Where a setting was said, in the file or beside it, does not matter. */
function settled({ seed, settings }: StudyRecord): JsonObject {
  const { overrides: _, ...rest } = settings
  return { seed, ...rest }
}

/** The number of trials may grow; everything else about a tuner stays. */
function compareTuners(before: StudyRecord['tuner'], after: StudyRecord['tuner']): string[] {
  if (before.name !== after.name) return [`tuner: ${after.name} was ${before.name}`]
  const lasting = ({ trials: _, ...rest }: JsonObject): JsonObject => rest
  return compareObjects('tuner.', lasting(before.options), lasting(after.options))
}

function show(value: Json | undefined): string {
  return value === undefined ? 'none' : JSON.stringify(value)
}
