import type { Json } from '../core/json.ts'
import type { SpaceSpec } from '../search-space/spec.ts'

/** The space of a study's record. */
export function spaceOf(space: Json): SpaceSpec {
  return space as unknown as SpaceSpec
}

/** The parameters that have more than one value: the others say nothing in a table. */
export function searchedParameters(space: Json): string[] {
  return Object.entries(spaceOf(space))
    .filter(([, spec]) => spec.kind !== 'fixed')
    .map(([name]) => name)
}
