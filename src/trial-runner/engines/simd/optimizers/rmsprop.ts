import { EPSILON, type OptimizerKind, type Rule, setting } from './optimizer.ts'

const prepare: OptimizerKind['prepare'] = (config) => {
  const decay = setting(config, 'decay', 0.9)
  const momentum = setting(config, 'momentum', 0)
  const epsilon = setting(config, 'epsilon', EPSILON)
  const settings: Rule['settings'] = (_, rate) => [rate, decay, momentum, epsilon]
  if (config.centered === true) return { rule: 5, slots: ['rms', 'momentum', 'mg'], settings }
  if (momentum === 0) return { rule: 3, slots: ['rms'], settings }
  return { rule: 4, slots: ['rms', 'momentum'], settings }
}

/** RMSprop (Hinton, 2012), with momentum and centered (Graves, 2013) where asked for. */
export const rmsprop: OptimizerKind = { className: 'RMSProp', prepare }

/** The same from our own class, which does it right in tfjs too. */
export const centeredRmsprop: OptimizerKind = { className: 'CenteredRMSProp', prepare }
