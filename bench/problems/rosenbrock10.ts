import { floats, type Problem, vector } from './problem.ts'

/** Rosenbrock's valley in ten dimensions, minimum 0. */
export const rosenbrock10: Problem = {
  name: 'rosenbrock10',
  unit: 'value',
  space: floats(10, -5, 10),
  objective: () => (params) => {
    const x = vector(params, 10)
    return x.slice(1).reduce((sum, next, i) => {
      const here = x[i] as number
      return sum + 100 * (next - here ** 2) ** 2 + (1 - here) ** 2
    }, 0)
  },
}
