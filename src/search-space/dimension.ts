import { warp } from './scale.ts'
import type { ChoiceSpec, NumberSpec } from './spec.ts'

type Scalar = number | string | boolean

/**
 * One axis of a space as tuners see it, mapped to the unit interval:
 * - `continuous`: a real range, warped by its scale;
 * - `discrete`: ordered levels (ints, steps, ordered choices), each owning a bin of the interval;
 * - `categorical`: levels without order, each owning an equal bin.
 */
export interface Dimension {
  /** The parameter's name; for lists `name.length` and `name[0]`, `name[1]`, ... */
  readonly name: string
  readonly parameter: string
  readonly kind: 'continuous' | 'discrete' | 'categorical'
  /** How many values there are; Infinity for a continuous range. */
  readonly levels: number
  /** Value -> its place in [0, 1]: for levels the middle of its bin. */
  toUnit(value: Scalar): number
  /** Place in [0, 1] -> the value that owns it. */
  fromUnit(unit: number): Scalar
  /** The part of [0, 1] that a value owns; empty (both ends equal) on a continuous range. */
  bin(value: Scalar): readonly [number, number]
  /** The value of a level, 0 .. levels - 1; throws on a continuous range. */
  level(index: number): Scalar
  /** The level of a value; throws on a continuous range. */
  levelOf(value: Scalar): number
}

interface Axis {
  readonly name: string
  readonly parameter: string
}

export function numberDimension(axis: Axis, spec: NumberSpec): Dimension {
  if (spec.step !== undefined) return steppedDimension(axis, spec, spec.step)
  return spec.kind === 'int' ? integerDimension(axis, spec) : continuousDimension(axis, spec)
}

function continuousDimension(axis: Axis, { low, high, scale }: NumberSpec): Dimension {
  const map = warp(scale, low, high)
  const noLevels = (): never => {
    throw new Error(`Dimension "${axis.name}" is continuous and has no levels.`)
  }
  return {
    ...axis,
    kind: 'continuous',
    levels: Number.POSITIVE_INFINITY,
    toUnit: (value) => map.toUnit(Number(value)),
    fromUnit: (unit) => map.fromUnit(unit),
    bin: (value) => [map.toUnit(Number(value)), map.toUnit(Number(value))],
    level: noLevels,
    levelOf: noLevels,
  }
}

function integerDimension(axis: Axis, { low, high, scale }: NumberSpec): Dimension {
  const map = warp(scale, low - 0.5, high + 0.5)
  const clamp = (value: number) => Math.min(high, Math.max(low, value))
  return {
    ...axis,
    kind: 'discrete',
    levels: high - low + 1,
    toUnit: (value) => map.toUnit(Number(value)),
    fromUnit: (unit) => clamp(Math.round(map.fromUnit(unit))),
    bin: (value) => [map.toUnit(Number(value) - 0.5), map.toUnit(Number(value) + 0.5)],
    level: (index) => low + index,
    levelOf: (value) => Number(value) - low,
  }
}

function steppedDimension(axis: Axis, spec: NumberSpec, step: number): Dimension {
  const { low, high, scale } = spec
  // A hair of slack, so that 0:1:0.1 has its last level in spite of rounding.
  const levels = Math.floor((scale === 'log' ? Math.log(high / low) / Math.log(step) : (high - low) / step) + 1e-9) + 1
  const raw = (index: number) => (scale === 'log' ? low * step ** index : low + index * step)
  const tidy = (value: number) => (spec.kind === 'int' ? Math.round(value) : Number(value.toPrecision(12)))
  const position = (value: number) => (scale === 'log' ? Math.log(value / low) / Math.log(step) : (value - low) / step)
  return levelsDimension(axis, 'discrete', levels, {
    level: (index) => Math.min(high, tidy(raw(index))),
    levelOf: (value) => Math.min(levels - 1, Math.max(0, Math.round(position(Number(value))))),
  })
}

export function choiceDimension(axis: Axis, spec: ChoiceSpec): Dimension {
  const { values } = spec
  const index = new Map(values.map((value, i) => [value, i]))
  return levelsDimension(axis, spec.ordered ? 'discrete' : 'categorical', values.length, {
    level: (i) => values[i] as Scalar,
    levelOf: (value) => index.get(value) as number,
  })
}

function levelsDimension(
  axis: Axis,
  kind: 'discrete' | 'categorical',
  levels: number,
  map: Pick<Dimension, 'level' | 'levelOf'>,
): Dimension {
  return {
    ...axis,
    ...map,
    kind,
    levels,
    toUnit: (value) => (map.levelOf(value) + 0.5) / levels,
    fromUnit: (unit) => map.level(Math.min(levels - 1, Math.max(0, Math.floor(unit * levels)))),
    bin: (value) => [map.levelOf(value) / levels, (map.levelOf(value) + 1) / levels],
  }
}
