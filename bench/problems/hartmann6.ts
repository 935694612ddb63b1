import { floats, type Problem, vector } from './problem.ts'

const alpha = [1, 1.2, 3, 3.2]
const a = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
]
const p = [
  [1312, 1696, 5569, 124, 8283, 5886],
  [2329, 4135, 8307, 3736, 1004, 9991],
  [2348, 1451, 3522, 2883, 3047, 6650],
  [4047, 8828, 8732, 5743, 1091, 381],
]

/** Hartmann in six dimensions, minimum -3.32237. */
export const hartmann6: Problem = {
  name: 'hartmann6',
  unit: 'value',
  space: floats(6, 0, 1),
  objective: () => (params) => {
    const x = vector(params, 6)
    const distance = (row: number) =>
      x.reduce((sum, value, j) => sum + (a[row]?.[j] ?? 0) * (value - (p[row]?.[j] ?? 0) / 1e4) ** 2, 0)
    return -alpha.reduce((sum, weight, row) => sum + weight * Math.exp(-distance(row)), 0)
  },
}
