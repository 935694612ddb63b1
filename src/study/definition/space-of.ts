import { TunerError } from '../../core/errors.ts'
import type { StudyRecord } from '../../core/study.ts'
import type { Dataset } from '../../data/dataset.ts'
import { growSpace } from '../../search-space/hp.ts'
import { Space } from '../../search-space/space.ts'
import type { SpaceSpec } from '../../search-space/spec.ts'
import { buildOnce } from '../../trial-runner/build-once.ts'
import type { StudyDefinition } from './definition.ts'
import type { ResolvedStudy } from './settings.ts'

/**
 * The space of a study: declared, or found by building a model once with defaults and, in a kept study, what earlier
 * trials found besides. Throws `space/...`.
 */
export async function spaceOf(
  definition: StudyDefinition,
  resolved: ResolvedStudy,
  dataset: Dataset | undefined,
  kept: StudyRecord | undefined,
): Promise<Space> {
  const constraints = definition.constraints as never
  if (definition.space !== undefined) return Space.declare(definition.space, constraints)
  const { workload, seed } = resolved
  await buildOnce(workload, dataset, seed)
  const found = (workload.declared?.()?.space ?? {}) as unknown as SpaceSpec
  if (Object.keys(found).length === 0) {
    throw new TunerError('space/empty', 'The study has no space, and its model asked hp for no parameter.', {
      hint: "Add a space, or ask in model(): hp.int('units', 16, 128).",
    })
  }
  return new Space(kept === undefined ? found : growSpace(kept.space as unknown as SpaceSpec, found), constraints)
}
