import { RandomStream } from '../../src/core/random.ts'
import { floats, type Problem, vector } from './problem.ts'

/**
 * Ackley in ten dimensions, minimum 0; the optimum is moved off the middle of the box by up to 10 a coordinate,
 * differently for each seed, so that nobody finds it by habit.
 */
export const ackley10: Problem = {
  name: 'ackley10',
  unit: 'value',
  space: floats(10, -32.768, 32.768),
  objective: (seed) => {
    const random = new RandomStream(seed).split('ackley10')
    const optimum = Array.from({ length: 10 }, () => 20 * random.next() - 10)
    return (params) => {
      const x = vector(params, 10).map((value, i) => value - (optimum[i] as number))
      const spread = Math.sqrt(x.reduce((sum, value) => sum + value ** 2, 0) / x.length)
      const ripple = x.reduce((sum, value) => sum + Math.cos(2 * Math.PI * value), 0) / x.length
      return 20 + Math.E - 20 * Math.exp(-0.2 * spread) - Math.exp(ripple)
    }
  },
}
