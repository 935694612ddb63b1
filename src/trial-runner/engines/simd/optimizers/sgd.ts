import type { OptimizerKind } from './optimizer.ts'

export const sgd: OptimizerKind = {
  className: 'SGD',
  prepare: () => ({ rule: 0, slots: [], settings: (_, rate) => [rate, 0, 0, 0] }),
}
