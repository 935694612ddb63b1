import { EPSILON, type OptimizerKind, powers, setting } from './optimizer.ts'

/** Adam with the largest gradient in place of the mean square (Kingma and Ba, 2015). */
export const adamax: OptimizerKind = {
  className: 'Adamax',
  prepare(config) {
    const [beta1, beta2] = [setting(config, 'beta1', 0.9), setting(config, 'beta2', 0.999)]
    const epsilon = setting(config, 'epsilon', EPSILON)
    const decay = setting(config, 'decay', 0)
    const power = powers(beta1)
    return {
      rule: 7,
      slots: ['m', 'v'],
      settings(iteration, rate) {
        const faded = rate / (1 + (iteration - 1) * decay)
        return [faded / (1 - power(iteration)), beta1, beta2, epsilon]
      },
    }
  },
}
