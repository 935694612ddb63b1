import type { Dimension } from '../../search-space/dimension.ts'
import type { Space } from '../../search-space/space.ts'
import type { ListSpec } from '../../search-space/spec.ts'

/** How a Parzen estimator treats a dimension. */
export interface Axis {
  /** Its place in a point of the cube. */
  readonly index: number
  readonly kind: 'continuous' | 'discrete' | 'categorical'
  readonly dimension: Dimension
}

/** Bins up to half as wide as the narrowest kernel (0.01): mass and density in the middle differ by one per cent. */
const FINE = 0.005

/**
 * The axes of a space, together those that are always active together: each group gets a joint model, made from the
 * trials in which it was active (Optuna's `group`). An axis with one level has nothing to model and is left out.
 */
export function groupAxes(space: Space): readonly (readonly Axis[])[] {
  const groups = new Map<string, Axis[]>()
  space.dimensions.forEach((dimension, index) => {
    if (dimension.levels === 1) return
    const key = whenActive(space, dimension)
    const group = groups.get(key) ?? []
    group.push({ index, kind: isFine(dimension) ? 'continuous' : dimension.kind, dimension })
    groups.set(key, group)
  })
  return [...groups.values()]
}

/** Whether the levels are as good as a continuum; the first or the last bin is the widest on any scale. */
function isFine(dimension: Dimension): boolean {
  if (dimension.kind !== 'discrete') return false
  return [0, dimension.levels - 1].every((level) => {
    const [low, high] = dimension.bin(dimension.level(level))
    return high - low <= FINE
  })
}

/** A text that is equal for dimensions which are active under the same conditions. */
function whenActive(space: Space, { name, parameter }: Dimension): string {
  const spec = space.parameter(parameter)
  const conditions = JSON.stringify(spec.when ?? [])
  const isItem = spec.kind === 'list' && !name.endsWith('.length')
  const place = Number(name.slice(parameter.length + 1, -1))
  return isItem && place >= surelyThere(space, spec) ? `${conditions} ${name}` : conditions
}

/** How many items a list has in any case where it is active. */
function surelyThere(space: Space, { length }: ListSpec): number {
  if (typeof length !== 'string') return length[0]
  const bound = space.parameter(length)
  return bound.kind === 'int' && bound.when === undefined ? bound.low : 0
}
