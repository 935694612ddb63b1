import type { Params } from '../core/params.ts'
import type { Space } from './space.ts'

/** Steps from a corner of the cube towards its middle, for where constraints keep the corner out. */
const TOWARDS_MIDDLE = [0, 0.1, 0.25]

/**
 * The two corners of a space at which every parameter has its first value and its last, where models tend to be smallest
 * and largest. For each the configurations that may stand for it, in order: the corner, points towards the middle, the
 * defaults; only those that the constraints allow, so there may be none.
 */
export function cornersOf(space: Space): readonly (readonly Params[])[] {
  const at = (unit: number) => space.decode(new Float64Array(space.dimensions.length).fill(unit))
  const along = (corner: 0 | 1) => TOWARDS_MIDDLE.map((step) => at(Math.abs(corner - step)))
  return [0, 1].map((corner) => [...along(corner as 0 | 1), space.defaults()].filter((params) => space.allows(params)))
}
