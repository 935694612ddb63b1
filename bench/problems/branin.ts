import { float } from '../../src/search-space/parameter.ts'
import { Space } from '../../src/search-space/space.ts'
import type { Problem } from './problem.ts'

/** Branin-Hoo, minimum 0.397887. */
export const branin: Problem = {
  name: 'branin',
  unit: 'value',
  space: Space.declare({ x: float(-5, 10), y: float(0, 15) }),
  objective: () => (params) => {
    const x = Number(params.x)
    const y = Number(params.y)
    const valley = y - (5.1 / (4 * Math.PI ** 2)) * x ** 2 + (5 / Math.PI) * x - 6
    return valley ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10
  },
}
