import type { StudyRecord } from '../core/study.ts'
import { countConfigurations } from '../search-space/count.ts'
import { Space } from '../search-space/space.ts'
import type { SpaceSpec } from '../search-space/spec.ts'

/**
 * How many trials a study comes to, as far as its record tells: the tuner's `trials`, or every configuration where there
 * are fewer (no tuner tries one twice). Undefined where the tuner decides as it goes.
 */
export function plannedTrials({ tuner, space }: Pick<StudyRecord, 'tuner' | 'space'>): number | undefined {
  const { trials } = tuner.options
  const limit = typeof trials === 'number' ? trials : Number.POSITIVE_INFINITY
  const planned = Math.min(limit, countConfigurations(new Space(space as unknown as SpaceSpec)))
  return Number.isFinite(planned) ? planned : undefined
}
