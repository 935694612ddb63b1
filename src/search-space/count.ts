import type { Params, ParamValue } from '../core/params.ts'
import { parentsOf } from './dependencies.ts'
import type { Space } from './space.ts'
import type { ListSpec, ParameterSpec } from './spec.ts'

/**
 * How many different configurations a space has, its constraints aside; Infinity with a continuous parameter. Exact up
 * to 2^53. Parameters that do not depend on each other multiply, so only the values that decide about others are tried.
 */
export function countConfigurations(space: Space): number {
  const groups = new Set(dependentGroups(space).values())
  let product = 1
  for (const group of groups) product *= countGroup(space, group)
  return product
}

/** Each parameter's group: those linked by conditions and lengths, parents first. */
function dependentGroups(space: Space): Map<string, readonly string[]> {
  const groupOf = new Map<string, readonly string[]>()
  for (const name of space.names) {
    const linked = new Set(parentsOf(space.parameter(name)).map((parent) => groupOf.get(parent) ?? []))
    const group = [...[...linked].flat(), name]
    for (const member of group) groupOf.set(member, group)
  }
  return groupOf
}

function countGroup(space: Space, group: readonly string[]): number {
  const deciding = new Map(group.map((name) => [name, decidingValues(space, group, name)]))
  const count = (at: number, params: Params): number => {
    const name = group[at]
    if (name === undefined) return 1
    if (!space.isActive(name, params)) return count(at + 1, params)
    const values = deciding.get(name) ?? []
    if (values.length === 0) return valueCount(space, name, params) * count(at + 1, params)
    let sum = 0
    for (const value of values) sum += count(at + 1, { ...params, [name]: value })
    const others = valueCount(space, name, params) - values.length
    // No value at all is like any value that no condition names, as far as other parameters go.
    return others > 0 ? sum + others * count(at + 1, params) : sum
  }
  return count(0, {})
}

/** The values of a parameter that make a difference to others of its group: named in a condition, or a length. */
function decidingValues(space: Space, group: readonly string[], name: string): ParamValue[] {
  const values = new Set<ParamValue>()
  for (const child of group) {
    const spec = space.parameter(child)
    for (const condition of spec.when ?? []) {
      if (condition.parameter === name) for (const value of condition.values) values.add(value)
    }
    if (isBoundTo(spec, name)) {
      const [dimension] = space.dimensionsOf(name)
      for (let i = 0; dimension !== undefined && i < dimension.levels; i++) values.add(dimension.level(i))
    }
  }
  return [...values]
}

function isBoundTo(spec: ParameterSpec, name: string): boolean {
  return spec.kind === 'list' && spec.length === name
}

function valueCount(space: Space, name: string, params: Params): number {
  const spec = space.parameter(name)
  if (spec.kind === 'fixed') return 1
  if (spec.kind === 'list') return listCount(space, name, spec, params)
  return space.dimensionsOf(name)[0]?.levels ?? 1
}

function listCount(space: Space, name: string, { length }: ListSpec, params: Params): number {
  const items = space.dimensionsOf(name).at(-1)?.levels ?? 1
  if (typeof length === 'string') return items ** Number(params[length] ?? 0)
  let sum = 0
  for (let n = length[0]; n <= length[1]; n++) sum += items ** n
  return sum
}
