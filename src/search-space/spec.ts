/** A value that JSON keeps as it is and that has no parts. */
export type Literal = number | string | boolean

/** How a numeric range is spread over the unit interval: `log` is finer near `low`, `reverse-log` near `high`. */
export type Scale = 'linear' | 'log' | 'reverse-log'

/** The values of another parameter under which a parameter is active. */
export interface Condition {
  readonly parameter: string
  readonly values: readonly Literal[]
}

interface Conditional {
  /** All must hold; none: always active. */
  readonly when?: readonly Condition[]
}

export interface NumberSpec extends Conditional {
  readonly kind: 'float' | 'int'
  readonly low: number
  readonly high: number
  readonly scale: Scale
  /** Additive on a linear scale; on a log scale each value is the one before times `step`. */
  readonly step?: number
  readonly default?: number
}

export interface ChoiceSpec extends Conditional {
  readonly kind: 'choice'
  readonly values: readonly Literal[]
  /** Whether neighbours in `values` are alike. */
  readonly ordered: boolean
  readonly default?: Literal
}

export interface FixedSpec extends Conditional {
  readonly kind: 'fixed'
  readonly value: Literal
}

/** A list of numbers whose length is itself searched, or is the value of another parameter. */
export interface ListSpec extends Conditional {
  readonly kind: 'list'
  readonly item: NumberSpec
  /** Shortest and longest, or the name of an int parameter. */
  readonly length: readonly [number, number] | string
  readonly default?: readonly number[]
}

/** One parameter as plain JSON: what is stored with a study. */
export type ParameterSpec = NumberSpec | ChoiceSpec | FixedSpec | ListSpec

/** A whole space as plain JSON, in the order of declaration. */
export type SpaceSpec = Readonly<Record<string, ParameterSpec>>

/** The most items a list may have. */
export const LONGEST_LIST = 64
