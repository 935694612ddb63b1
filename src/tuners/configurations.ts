import type { Params, ParamValue } from '../core/params.ts'
import type { Dimension } from '../search-space/dimension.ts'
import type { Space } from '../search-space/space.ts'

/** The values that a dimension takes in an enumeration, in order. */
export type ValuesOf = (dimension: Dimension) => readonly (number | string | boolean)[]

/** Every level of a dimension; none is continuous here. */
export const allLevels: ValuesOf = (dimension) =>
  Array.from({ length: dimension.levels }, (_, index) => dimension.level(index))

/**
 * The product of the values of all dimensions, one configuration at a time: parameters in the order of declaration
 * (one declared before its parent follows it), the last one fastest; inactive parameters are left out, and so is what
 * breaks a constraint.
 */
export function* configurations(space: Space, valuesOf: ValuesOf): Generator<Params, undefined> {
  const values = new Map(space.dimensions.map((dimension) => [dimension, valuesOf(dimension)]))
  const of = (dimension: Dimension | undefined) => (dimension && values.get(dimension)) ?? []

  function* lists(items: readonly Dimension[], length: number): Generator<readonly number[], undefined> {
    if (length === 0) yield []
    else
      for (const head of lists(items, length - 1))
        for (const item of of(items[length - 1])) yield [...head, Number(item)]
  }

  function* valuesUnder(name: string, params: Params): Generator<ParamValue, undefined> {
    const spec = space.parameter(name)
    const dimensions = space.dimensionsOf(name)
    if (spec.kind === 'fixed') yield spec.value
    else if (spec.kind !== 'list') yield* of(dimensions[0])
    else if (typeof spec.length === 'string') yield* lists(dimensions, Number(params[spec.length] ?? 0))
    else for (const length of of(dimensions[0])) yield* lists(dimensions.slice(1), Number(length))
  }

  function* from(at: number, params: Params): Generator<Params, undefined> {
    const name = space.names[at]
    if (name === undefined) {
      const configuration = inDeclaredOrder(space, params)
      if (space.allows(configuration)) yield configuration
    } else if (!space.isActive(name, params)) yield* from(at + 1, params)
    else for (const value of valuesUnder(name, params)) yield* from(at + 1, { ...params, [name]: value })
  }

  yield* from(0, {})
}

function inDeclaredOrder(space: Space, params: Params): Params {
  const ordered: Record<string, ParamValue> = {}
  for (const name in space.spec) {
    const value = params[name]
    if (value !== undefined) ordered[name] = value
  }
  return ordered
}
