import { EPSILON, type OptimizerKind, powers, setting } from './optimizer.ts'

/** Adam (Kingma and Ba, 2015). */
export const adam: OptimizerKind = {
  className: 'Adam',
  prepare(config) {
    const [beta1, beta2] = [setting(config, 'beta1', 0.9), setting(config, 'beta2', 0.999)]
    const epsilon = setting(config, 'epsilon', EPSILON)
    const [power1, power2] = [powers(beta1), powers(beta2)]
    return {
      rule: 6,
      slots: ['m', 'v'],
      // m / c1 / (sqrt(v / c2) + epsilon), with the corrections c1 and c2 moved out of the loop over weights.
      settings(iteration, rate) {
        const root = Math.sqrt(1 - power2(iteration))
        return [(rate * root) / (1 - power1(iteration)), beta1, beta2, epsilon * root]
      },
    }
  },
}
