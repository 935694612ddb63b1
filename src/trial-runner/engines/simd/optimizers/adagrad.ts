import { EPSILON, type OptimizerKind, setting } from './optimizer.ts'

/** Adagrad (Duchi et al., 2011). */
export const adagrad: OptimizerKind = {
  className: 'Adagrad',
  prepare(config) {
    return {
      rule: 8,
      slots: ['accumulator'],
      initial: setting(config, 'initialAccumulatorValue', 0.1),
      settings: (_, rate) => [rate, 0, 0, EPSILON],
    }
  },
}
