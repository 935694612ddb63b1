import { TunerError } from '../core/errors.ts'

interface NumericOption {
  /** The tuner's or pruner's name. */
  readonly of: string
  readonly option: string
  readonly value: number
  readonly min: number
  readonly max?: number
}

/** Throws `tuner/bad-option` unless `value` is a whole number from `min` to `max`. */
export function checkWhole(check: NumericOption): void {
  if (!Number.isSafeInteger(check.value)) throw bad(check, 'a whole number')
  checkNumber(check, 'a whole number')
}

/** Throws `tuner/bad-option` unless `value` is a number from `min` to `max`. */
export function checkNumber(check: NumericOption, kind = 'a number'): void {
  const { value, min, max = Number.POSITIVE_INFINITY } = check
  if (!(value >= min && value <= max)) throw bad(check, kind)
}

function bad({ of, option, value, min, max }: NumericOption, kind: string): TunerError {
  const range = max === undefined ? `of at least ${min}` : `from ${min} to ${max}`
  return new TunerError('tuner/bad-option', `${of}: ${option} is ${value}; expected ${kind} ${range}.`, {
    hint: `Correct ${option} in the options of ${of}.`,
  })
}
