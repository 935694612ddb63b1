import type { ChoiceSpec, Condition, FixedSpec, ListSpec, Literal, NumberSpec, ParameterSpec, Scale } from './spec.ts'

/** A parameter of a search space; `Value` is its type in `params`, `Conditional` whether it may be absent there. */
export class Parameter<out Value = unknown, out Conditional extends boolean = boolean> {
  readonly spec: ParameterSpec
  /** Types only: never set. */
  declare readonly types: { readonly value: Value; readonly conditional: Conditional }

  constructor(spec: ParameterSpec) {
    this.spec = spec
  }

  /**
   * The same parameter, active only while `parameter` (a choice, boolean, int or fixed one) has one of `values`; where
   * it is not active it is absent from `params`. Several calls must all hold; a parent that is itself inactive counts
   * as not having the value.
   */
  when(parameter: string, ...values: readonly [Literal, ...Literal[]]): Parameter<Value, true> {
    const condition: Condition = { parameter, values }
    return new Parameter({ ...this.spec, when: [...(this.spec.when ?? []), condition] })
  }
}

export interface NumberOptions {
  /** Default `linear`. */
  readonly scale?: Scale
  /** Additive on a linear scale; a factor on a log scale: `int(16, 256, { scale: 'log', step: 2 })` is 16, 32, ... 256. */
  readonly step?: number
  /** Default: the middle of the range on its scale. */
  readonly default?: number
}

/** A real number from `low` to `high`, both included. */
export function float(low: number, high: number, options: NumberOptions = {}): Parameter<number, false> {
  return new Parameter(numberSpec('float', low, high, options))
}

/** A whole number from `low` to `high`, both included and at most 2^40 from zero. */
export function int(low: number, high: number, options: NumberOptions = {}): Parameter<number, false> {
  return new Parameter(numberSpec('int', low, high, options))
}

/** Whether values are numbers that only rise or only fall: the neighbours of such a choice are alike. */
export function isInOrder(values: readonly Literal[]): boolean {
  if (!values.every((value) => typeof value === 'number')) return false
  return (
    values.every((value, i) => i === 0 || value > Number(values[i - 1])) ||
    values.every((value, i) => i === 0 || value < Number(values[i - 1]))
  )
}

function numberSpec(kind: 'float' | 'int', low: number, high: number, options: NumberOptions): NumberSpec {
  const { scale = 'linear', ...rest } = options
  return { kind, low, high, scale, ...rest }
}

export interface ChoiceOptions<Value> {
  /** Whether neighbours in `values` are alike. */
  readonly ordered?: boolean
  readonly default?: Value
}

/**
 * One of `values`. Numbers that only rise or only fall count as ordered (neighbours are alike) unless said otherwise.
 * The default is the first value.
 */
export function choice<const Values extends readonly [Literal, ...Literal[]]>(
  values: Values,
  options: ChoiceOptions<NoInfer<Values[number]>> = {},
): Parameter<Values[number], false> {
  const { ordered = isInOrder(values), ...rest } = options
  const spec: ChoiceSpec = { kind: 'choice', values, ordered, ...rest }
  return new Parameter(spec)
}

/** `true` or `false`; the default is `false`. */
export function boolean(options: { readonly default?: boolean } = {}): Parameter<boolean, false> {
  const spec: ChoiceSpec = { kind: 'choice', values: [false, true], ordered: false, ...options }
  return new Parameter(spec)
}

/** A value that is not searched, but passed on and stored like a parameter. */
export function fixed<const V extends Literal>(value: V): Parameter<V, false> {
  const spec: FixedSpec = { kind: 'fixed', value }
  return new Parameter(spec)
}

/**
 * A list of numbers, each from `item` (a `float` or an `int`), whose length is searched between two bounds (0 to 64) or
 * is the value of the int parameter named; while that one is inactive the list is empty. A default of a list bound to
 * another parameter is cut, or filled up with the item's default, to the length that one asks for.
 */
export function list(
  item: Parameter<number, false>,
  options: { readonly length: readonly [number, number] | string; readonly default?: readonly number[] },
): Parameter<readonly number[], false> {
  const spec: ListSpec = { kind: 'list', item: item.spec as NumberSpec, ...options }
  return new Parameter(spec)
}

/** The widths of a stack of layers: `layers` of them, each from `width` on a log scale. */
export function layerWidths(options: {
  /** Fewest and most, or the name of an int parameter. */
  readonly layers: readonly [number, number] | string
  readonly width: readonly [number, number]
}): Parameter<readonly number[], false> {
  return list(int(options.width[0], options.width[1], { scale: 'log' }), { length: options.layers })
}
