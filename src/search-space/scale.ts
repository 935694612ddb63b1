import type { Scale } from './spec.ts'

/**
 * A monotone map between a numeric range and [0, 1]: linear, logarithmic, or logarithmic from the other end
 * (`low + high - x`, as KerasTuner's `reverse_log`).
 */
export interface Warp {
  /** Value -> [0, 1]. */
  toUnit(value: number): number
  /** [0, 1] -> value, within the bounds whatever the rounding. */
  fromUnit(unit: number): number
}

export function warp(scale: Scale, low: number, high: number): Warp {
  const clamp = (value: number) => Math.min(high, Math.max(low, value))
  if (scale === 'linear') {
    return { toUnit: (value) => (value - low) / (high - low), fromUnit: (unit) => clamp(low + unit * (high - low)) }
  }
  const bottom = Math.log(low)
  const span = Math.log(high) - bottom
  if (scale === 'log') {
    return {
      toUnit: (value) => (Math.log(value) - bottom) / span,
      fromUnit: (unit) => clamp(Math.exp(bottom + unit * span)),
    }
  }
  return {
    toUnit: (value) => 1 - (Math.log(low + high - value) - bottom) / span,
    fromUnit: (unit) => clamp(low + high - Math.exp(bottom + (1 - unit) * span)),
  }
}
