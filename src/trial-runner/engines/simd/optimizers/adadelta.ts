import { EPSILON, type OptimizerKind, setting } from './optimizer.ts'

/** Adadelta (Zeiler, 2012). */
export const adadelta: OptimizerKind = {
  className: 'Adadelta',
  prepare(config) {
    const decay = setting(config, 'rho', 0.95)
    const epsilon = setting(config, 'epsilon', EPSILON)
    return { rule: 9, slots: ['accum_grad', 'accum_var'], settings: (_, rate) => [rate, decay, 0, epsilon] }
  },
}
