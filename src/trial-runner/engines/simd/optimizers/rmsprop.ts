import { EPSILON, type OptimizerKind, setting } from './optimizer.ts'

/** RMSprop (Hinton, 2012), with momentum and centered (Graves, 2013) where asked for. */
export const rmsprop: OptimizerKind = {
  className: 'RMSProp',
  prepare(config) {
    const rate = setting(config, 'learningRate', 0.001)
    const decay = setting(config, 'decay', 0.9)
    const momentum = setting(config, 'momentum', 0)
    const epsilon = setting(config, 'epsilon', EPSILON)
    const settings = () => [rate, decay, momentum, epsilon] as const
    if (config.centered === true) return { rule: 5, slots: ['rms', 'momentum', 'mg'], settings }
    if (momentum === 0) return { rule: 3, slots: ['rms'], settings }
    return { rule: 4, slots: ['rms', 'momentum'], settings }
  },
}
