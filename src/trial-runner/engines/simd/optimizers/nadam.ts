import { nadamMomentum } from '../../keras/nadam.ts'
import { EPSILON, type OptimizerKind, setting } from './optimizer.ts'

/** Adam with Nesterov's look-ahead (Dozat, 2016). */
export const nadam: OptimizerKind = {
  className: 'Nadam',
  prepare(config) {
    const [beta1, beta2] = [setting(config, 'beta1', 0.9), setting(config, 'beta2', 0.999)]
    const epsilon = setting(config, 'epsilon', EPSILON)
    const momentum = nadamMomentum(beta1, beta2)
    return {
      rule: 10,
      slots: ['m', 'v'],
      settings(iteration, rate) {
        const { moment, gradient, square } = momentum(iteration)
        const root = Math.sqrt(square)
        return [rate * root * moment, beta1, beta2, epsilon * root, rate * root * gradient]
      },
    }
  },
}
