import type { Optimizer as TfjsOptimizer } from '@tensorflow/tfjs-core'
import { kerasOptimizer } from '../../keras/optimizer.ts'
import { type Optimizer, setting } from './optimizer.ts'
import { optimizerKind } from './registry.ts'

/** Reads the optimizer of a compiled model; a text where it is not to be had here. */
export function readOptimizer(optimizer: TfjsOptimizer): Optimizer | string {
  const keras = kerasOptimizer(optimizer)
  const rule = keras?.rule ?? optimizer
  const kind = optimizerKind(rule.getClassName())
  if (kind === undefined) return `optimizer ${rule.getClassName()}`
  const config = rule.getConfig()
  const guidance = keras?.guidance ?? { learningRate: setting(config, 'learningRate', Number.NaN) }
  const { learningRate, clipping, weightDecay = 0 } = guidance
  return { ...kind.prepare(config), learningRate, clipping, weightDecay }
}
