import type { Penalty } from '../plan/parameter.ts'
import type { LayerConfig } from './layer.ts'

/** A number of a layer's config. */
export function numberIn(config: LayerConfig, key: string, fallback: number): number {
  const value = config[key]
  return typeof value === 'number' ? value : fallback
}

interface Serialized {
  readonly className: string
  readonly config: LayerConfig
}

/** A regularizer, constraint or the like as `getConfig` writes it; undefined where there is none. */
function partIn(config: LayerConfig, key: string): Serialized | undefined {
  const value = config[key]
  return typeof value === 'object' && value !== null && 'className' in value ? (value as Serialized) : undefined
}

/** The penalty that a regularizer of tfjs stands for. */
export function penaltyIn(config: LayerConfig, key: string): Penalty | undefined {
  const part = partIn(config, key)
  if (part === undefined) return undefined
  return { l1: numberIn(part.config, 'l1', 0), l2: numberIn(part.config, 'l2', 0) }
}

/** What is done about each kind of part, wherever a layer may have one: penalties, and constraints of weights. */
const KNOWN = { Regularizer: ['L1L2'], Constraint: ['MaxNorm', 'MinMaxNorm', 'NonNeg', 'UnitNorm'] } as const

/** True, or which of the named parts (`kernelRegularizer`, `biasConstraint`, ...) of a layer is a user's own. */
export function withoutParts(config: LayerConfig, keys: readonly string[]): true | string {
  for (const key of keys) {
    const part = partIn(config, key)
    const known: readonly string[] = KNOWN[key.endsWith('Constraint') ? 'Constraint' : 'Regularizer']
    if (part !== undefined && !(known.includes(part.className) && !key.startsWith('activity'))) {
      return `its ${key} ${part.className}`
    }
  }
  return true
}
