import { warp } from './scale.ts'
import type { ChoiceSpec, Literal, NumberSpec } from './spec.ts'
import { stepsOf } from './steps.ts'

/**
 * One axis of a space as tuners see it, mapped to the unit interval:
 * - `continuous`: a real range, warped by its scale;
 * - `discrete`: ordered levels (ints, steps, ordered choices), each owning a bin of the interval;
 * - `categorical`: levels without order, each owning an equal bin.
 *
 * Bins are half-open, [from, to), the last one closed. Those of an int follow its scale, from value - 0.5 to
 * value + 0.5; those of steps and choices are equal.
 */
export interface Dimension {
  /** The parameter's name; for lists `name.length` and `name[0]`, `name[1]`, ... */
  readonly name: string
  readonly parameter: string
  readonly kind: 'continuous' | 'discrete' | 'categorical'
  /** How many values there are; Infinity for a continuous range. */
  readonly levels: number
  /** Value -> its place in [0, 1], inside its bin. */
  toUnit(value: Literal): number
  /** Place in [0, 1] -> the value that owns it; a place beyond an end counts as that end. */
  fromUnit(unit: number): Literal
  /** The part of [0, 1] that a value owns; empty (both ends equal) on a continuous range. */
  bin(value: Literal): readonly [number, number]
  /** The value of a level, 0 .. levels - 1; throws on a continuous range. */
  level(index: number): Literal
  /** The level of a value; throws on a continuous range. */
  levelOf(value: Literal): number
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
  const { toUnit, fromUnit } = warp(scale, low, high)
  const noLevels = (): never => {
    throw new Error(`Dimension "${axis.name}" is continuous and has no levels.`)
  }
  return {
    ...axis,
    kind: 'continuous',
    levels: Number.POSITIVE_INFINITY,
    toUnit: (value) => toUnit(Number(value)),
    fromUnit,
    bin: (value) => [toUnit(Number(value)), toUnit(Number(value))],
    level: noLevels,
    levelOf: noLevels,
  }
}

function integerDimension(axis: Axis, { low, high, scale }: NumberSpec): Dimension {
  const { toUnit, fromUnit } = warp(scale, low - 0.5, high + 0.5)
  return {
    ...axis,
    kind: 'discrete',
    levels: high - low + 1,
    toUnit: (value) => toUnit(Number(value)),
    // + 0: Math.round makes -0 of small negative numbers.
    fromUnit: (unit) => Math.min(high, Math.max(low, Math.round(fromUnit(unit)))) + 0,
    bin: (value) => [toUnit(Number(value) - 0.5), toUnit(Number(value) + 0.5)],
    level: (index) => low + index,
    levelOf: (value) => Number(value) - low,
  }
}

function steppedDimension(axis: Axis, spec: NumberSpec, step: number): Dimension {
  const steps = stepsOf(spec, step)
  return levelsDimension(axis, 'discrete', steps.count, {
    level: steps.at,
    levelOf: (value) => steps.indexOf(Number(value)),
  })
}

export function choiceDimension(axis: Axis, spec: ChoiceSpec): Dimension {
  const { values } = spec
  const places = new Map(values.map((value, i) => [value, i]))
  return levelsDimension(axis, spec.ordered ? 'discrete' : 'categorical', values.length, {
    level: (index) => values[index] as Literal,
    levelOf: (value) => {
      const place = places.get(value)
      if (place === undefined) throw new Error(`${JSON.stringify(value)} is not a value of dimension "${axis.name}".`)
      return place
    },
  })
}

function levelsDimension(
  axis: Axis,
  kind: 'discrete' | 'categorical',
  levels: number,
  { level, levelOf }: Pick<Dimension, 'level' | 'levelOf'>,
): Dimension {
  return {
    ...axis,
    kind,
    levels,
    level,
    levelOf,
    toUnit: (value) => (levelOf(value) + 0.5) / levels,
    fromUnit: (unit) => level(Math.min(levels - 1, Math.max(0, Math.floor(unit * levels)))),
    bin: (value) => [levelOf(value) / levels, (levelOf(value) + 1) / levels],
  }
}
