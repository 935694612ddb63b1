import { type OptimizerKind, setting } from './optimizer.ts'

/** Gradient descent with momentum (Polyak, 1964), or Nesterov's look-ahead (1983). */
export const momentum: OptimizerKind = {
  className: 'Momentum',
  prepare(config) {
    const kept = setting(config, 'momentum', 0.9)
    return { rule: config.useNesterov === true ? 2 : 1, slots: ['momentum'], settings: (_, rate) => [rate, kept, 0, 0] }
  },
}
