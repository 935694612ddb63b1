import type { Scale } from './spec.ts'

/**
 * A monotone map between a numeric range and [0, 1]: linear, logarithmic, or logarithmic from the other end
 * (`low + high - x`, as KerasTuner's `reverse_log`).
 */
interface Warp {
  /** Value -> [0, 1]. */
  toUnit(value: number): number
  /** [0, 1] -> value; 0 and below is `low` itself, 1 and above `high` itself, whatever the rounding between. */
  fromUnit(unit: number): number
}

export function warp(scale: Scale, low: number, high: number): Warp {
  const { toUnit, fromUnit } = maps[scale](low, high)
  return {
    toUnit: (value) => Math.min(1, Math.max(0, toUnit(value))),
    fromUnit: (unit) => {
      if (unit <= 0) return low
      return unit >= 1 ? high : Math.min(high, Math.max(low, fromUnit(unit)))
    },
  }
}

const maps: Readonly<Record<Scale, (low: number, high: number) => Warp>> = {
  linear: (low, high) => ({
    toUnit: (value) => (value - low) / (high - low),
    fromUnit: (unit) => low + unit * (high - low),
  }),
  log: logarithmic,
  'reverse-log': (low, high) => {
    const mirror = logarithmic(low, high)
    return {
      toUnit: (value) => 1 - mirror.toUnit(low + high - value),
      fromUnit: (unit) => low + high - mirror.fromUnit(1 - unit),
    }
  },
}

function logarithmic(low: number, high: number): Warp {
  const bottom = Math.log(low)
  const span = Math.log(high) - bottom
  return {
    toUnit: (value) => (Math.log(value) - bottom) / span,
    fromUnit: (unit) => Math.exp(bottom + unit * span),
  }
}
