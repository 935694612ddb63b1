import { growSpace } from '../../search-space/hp.ts'
import { Space } from '../../search-space/space.ts'
import type { SpaceSpec } from '../../search-space/spec.ts'
import type { SpaceGrown } from '../../storage/events.ts'
import type { Declared } from '../../trial-runner/runner.ts'

/** Follows what models declare: tells `use` of each larger space and gives the event to keep. */
export function growingSpace(space: Space, use: (grown: Space) => void) {
  let known = space
  return (trial: number, declared: Declared): SpaceGrown | undefined => {
    const grown = growSpace(known.spec, declared.space as unknown as SpaceSpec)
    if (grown === known.spec) return undefined
    known = new Space(grown, known.constraints)
    use(known)
    return { type: 'space-grown', trial, space: grown as never, params: declared.params }
  }
}
