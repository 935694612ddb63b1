import type { Params } from '../../src/core/params.ts'
import { float } from '../../src/search-space/parameter.ts'
import { Space } from '../../src/search-space/space.ts'

/** Something to minimize, the same for the same seed. */
export interface Problem {
  readonly name: string
  /** Of the table's value: the objective, or the regret against the known minimum. */
  readonly unit: 'value' | 'regret'
  readonly space: Space
  objective(seed: number): (params: Params) => number
}

/** A space of `count` floats x0, x1, ... */
export function floats(count: number, low: number, high: number): Space {
  return new Space(Object.fromEntries(Array.from({ length: count }, (_, i) => [`x${i}`, float(low, high).spec])))
}

export function vector(params: Params, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => Number(params[`x${i}`]))
}
