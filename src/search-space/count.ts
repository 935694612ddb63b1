import type { Params, ParamValue } from '../core/params.ts'
import type { Space } from './space.ts'

/** How many different configurations a space has, its constraints aside; Infinity with a continuous parameter. */
export function countConfigurations(space: Space): number {
  const parents = new Set<string>()
  for (const spec of Object.values(space.spec)) {
    for (const { parameter } of spec.when ?? []) parents.add(parameter)
    if (spec.kind === 'list' && typeof spec.length === 'string') parents.add(spec.length)
  }
  const count = (at: number, params: Params): number => {
    const name = space.names[at]
    if (name === undefined) return 1
    if (!space.isActive(name, params)) return count(at + 1, params)
    const spec = space.parameter(name)
    if (spec.kind === 'fixed') return count(at + 1, { ...params, [name]: spec.value })
    if (spec.kind === 'list') return listCount(space, name, params) * count(at + 1, params)
    const [dimension] = space.dimensionsOf(name)
    const levels = dimension?.levels ?? 1
    if (!parents.has(name)) return levels * count(at + 1, params)
    let sum = 0
    for (let i = 0; i < levels; i++) {
      sum += count(at + 1, { ...params, [name]: dimension?.level(i) as ParamValue })
    }
    return sum
  }
  return count(0, {})
}

function listCount(space: Space, name: string, params: Params): number {
  const spec = space.parameter(name)
  if (spec.kind !== 'list') return 1
  const items = space.dimensionsOf(name).at(-1)?.levels ?? 1
  if (typeof spec.length === 'string') return items ** Number(params[spec.length] ?? 0)
  let sum = 0
  for (let length = spec.length[0]; length <= spec.length[1]; length++) sum += items ** length
  return sum
}
