import type { Params, ParamValue } from '../core/params.ts'
import { choiceDimension, type Dimension, numberDimension } from './dimension.ts'
import type { ChoiceSpec, FixedSpec, ListSpec, Literal, NumberSpec, SpaceSpec } from './spec.ts'

/** A point of the unit cube as it comes from a tuner. */
export type Point = ArrayLike<number>

/** How one active parameter lies in the unit cube. Planned once: tuners encode and decode in their inner loops. */
export interface Codec {
  readonly dimensions: readonly Dimension[]
  /** Writes the parameter's coordinates; those of a list's unused items are left alone. */
  encode(value: ParamValue, point: Float64Array): void
  /** `params` holds the parameter's parents. */
  decode(point: Point, params: Params): ParamValue
  default(params: Params): ParamValue
}

/** The codec of a parameter of a valid space, its dimensions beginning at coordinate `at`. */
export function codecOf(name: string, space: SpaceSpec, at: number): Codec {
  const spec = space[name] as SpaceSpec[string]
  if (spec.kind === 'fixed') return fixedCodec(spec)
  if (spec.kind === 'choice') return choiceCodec(name, spec, at)
  if (spec.kind !== 'list') return numberCodec(name, spec, at)
  if (typeof spec.length !== 'string') return ownLengthCodec(name, spec, spec.length, at)
  const longest = (space[spec.length] as NumberSpec).high
  return boundLengthCodec(name, spec, spec.length, longest, at)
}

function fixedCodec({ value }: FixedSpec): Codec {
  return { dimensions: [], encode: () => {}, decode: () => value, default: () => value }
}

function choiceCodec(name: string, spec: ChoiceSpec, at: number): Codec {
  const first = spec.default ?? (spec.values[0] as Literal)
  return scalarCodec(choiceDimension({ name, parameter: name }, spec), at, first)
}

function numberCodec(name: string, spec: NumberSpec, at: number): Codec {
  const dimension = numberDimension({ name, parameter: name }, spec)
  return scalarCodec(dimension, at, spec.default ?? dimension.fromUnit(0.5))
}

function scalarCodec(dimension: Dimension, at: number, byDefault: Literal): Codec {
  return {
    dimensions: [dimension],
    encode: (value, point) => {
      point[at] = dimension.toUnit(value as Literal)
    },
    decode: (point) => dimension.fromUnit(coordinate(point, at, dimension)),
    default: () => byDefault,
  }
}

/** The list's length is its first dimension. */
function ownLengthCodec(name: string, spec: ListSpec, [low, high]: readonly [number, number], at: number): Codec {
  const axis = { name: `${name}.length`, parameter: name }
  const length = numberDimension(axis, { kind: 'int', low, high, scale: 'linear' })
  const items = itemsCodec(name, spec, high, at + 1)
  return {
    dimensions: [length, ...items.dimensions],
    encode: (value, point) => {
      point[at] = length.toUnit((value as readonly number[]).length)
      items.encode(value as readonly number[], point)
    },
    decode: (point) => items.decode(point, Number(length.fromUnit(coordinate(point, at, length)))),
    default: () => items.default(spec.default?.length ?? low),
  }
}

/** The list's length is the value of another parameter; 0 while that one is inactive. */
function boundLengthCodec(name: string, spec: ListSpec, parent: string, longest: number, at: number): Codec {
  const items = itemsCodec(name, spec, longest, at)
  const lengthIn = (params: Params) => Number(params[parent] ?? 0)
  return {
    dimensions: items.dimensions,
    encode: (value, point) => items.encode(value as readonly number[], point),
    decode: (point, params) => items.decode(point, lengthIn(params)),
    default: (params) => items.default(lengthIn(params)),
  }
}

function itemsCodec(name: string, spec: ListSpec, longest: number, at: number) {
  const dimensions: Dimension[] = []
  for (let i = 0; i < longest; i++) {
    dimensions.push(numberDimension({ name: `${name}[${i}]`, parameter: name }, spec.item))
  }
  const build = (length: number, item: (dimension: Dimension, i: number) => number): readonly number[] =>
    dimensions.slice(0, length).map(item)
  return {
    dimensions,
    encode: (items: readonly number[], point: Float64Array): void => {
      for (let i = 0; i < items.length; i++) {
        point[at + i] = (dimensions[i] as Dimension).toUnit(items[i] as number)
      }
    },
    decode: (point: Point, length: number) =>
      build(length, (dimension, i) => Number(dimension.fromUnit(coordinate(point, at + i, dimension)))),
    default: (length: number) =>
      build(length, (dimension, i) => spec.default?.[i] ?? spec.item.default ?? Number(dimension.fromUnit(0.5))),
  }
}

function coordinate(point: Point, at: number, dimension: Dimension): number {
  const unit = point[at]
  if (unit === undefined || Number.isNaN(unit)) {
    throw new Error(`The point has no coordinate ${at}, but "${dimension.name}" is active there.`)
  }
  return unit
}
