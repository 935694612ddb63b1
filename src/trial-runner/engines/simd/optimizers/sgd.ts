import { type OptimizerKind, setting } from './optimizer.ts'

export const sgd: OptimizerKind = {
  className: 'SGD',
  prepare(config) {
    const rate = setting(config, 'learningRate', 0.01)
    return { rule: 0, slots: [], settings: () => [rate, 0, 0, 0] }
  },
}
