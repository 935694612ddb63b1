import type { NumberSpec } from './spec.ts'

/** The levels of a stepped range: low, low + step, ... or, on a log scale, low, low * step, ... as far as high. */
interface Steps {
  readonly count: number
  /** The value of level 0 .. count - 1, as one would write it: 0.3, not 0.30000000000000004. */
  at(index: number): number
  /** The level nearest to a value on the scale. */
  indexOf(value: number): number
}

/** A hair, so that the range 0 to 1 in steps of 0.1 has its last level in spite of rounding. */
const SLACK = 1e-9

export function stepsOf(spec: NumberSpec, step: number): Steps {
  return spec.scale === 'log' ? factors(spec, step) : summands(spec, step)
}

function summands({ low, high }: NumberSpec, step: number): Steps {
  const count = Math.floor((high - low) / step + SLACK) + 1
  // Sums of decimals have no more digits after the point than the decimals themselves.
  const digits = Math.min(100, Math.max(digitsAfterPoint(low), digitsAfterPoint(step)))
  return {
    count,
    at: (index) => within(low, high, digits === 0 ? low + index * step : Number((low + index * step).toFixed(digits))),
    indexOf: (value) => within(0, count - 1, Math.round((value - low) / step)),
  }
}

function factors({ kind, low, high }: NumberSpec, step: number): Steps {
  const position = (value: number) => (Math.log(value) - Math.log(low)) / Math.log(step)
  const tidy = kind === 'int' ? Math.round : (value: number) => Number(value.toPrecision(12))
  const count = Math.floor(position(high) + SLACK) + 1
  return {
    count,
    at: (index) => within(low, high, tidy(low * step ** index)),
    indexOf: (value) => within(0, count - 1, Math.round(position(value))),
  }
}

/** Also turns -0 into 0. */
function within(low: number, high: number, value: number): number {
  return Math.min(high, Math.max(low, value)) + 0
}

function digitsAfterPoint(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e')
  const [, fraction = ''] = mantissa.split('.')
  return Math.max(0, fraction.length - Number(exponent))
}
