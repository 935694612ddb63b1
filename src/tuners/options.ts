import { TunerError } from '../core/errors.ts'
import type { Json } from '../core/json.ts'

/** What an option may be: a test, and its wording for the error. */
export interface OptionRule {
  readonly expected: string
  holds(value: unknown): boolean
}

/** A rule for every option that a tuner has. */
export type OptionRules<Options> = { readonly [K in keyof Required<Options>]: OptionRule }

/**
 * The options as plain JSON, those left undefined dropped; throws `tuner/bad-option` on an unknown one or a bad value.
 * `shared` names options that are understood elsewhere.
 */
export function checkOptions<Options extends object>(
  tuner: string,
  options: Options,
  rules: OptionRules<Options>,
  shared: readonly string[] = ['tryFirst'],
): { readonly [key: string]: Json } {
  const known: Readonly<Record<string, OptionRule>> = rules
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  for (const [name, value] of given) {
    const rule = Object.hasOwn(known, name) ? known[name] : undefined
    if (rule === undefined) {
      throw new TunerError('tuner/bad-option', `${tuner} has no option "${name}".`, {
        hint: `Its options are: ${[...Object.keys(known), ...shared].join(', ')}.`,
      })
    }
    if (!rule.holds(value)) {
      throw new TunerError(
        'tuner/bad-option',
        `Option ${name} of ${tuner}: expected ${rule.expected}, got ${JSON.stringify(value) ?? String(value)}.`,
        { hint: `Correct ${name}, or leave it out for its default.` },
      )
    }
  }
  return Object.fromEntries(given)
}

export function wholeNumber(from: number): OptionRule {
  return {
    expected: `a whole number from ${from} up`,
    holds: (value) => Number.isSafeInteger(value) && Number(value) >= from,
  }
}

/** A number strictly between two bounds, or equal to the upper one. */
export function numberAbove(low: number, high: number): OptionRule {
  return {
    expected: `a number above ${low} and at most ${high}`,
    holds: (value) => typeof value === 'number' && value > low && value <= high,
  }
}

/** A finite number within two bounds, both included. */
export function numberWithin(low: number, high: number): OptionRule {
  const isOpen = high === Number.POSITIVE_INFINITY
  return {
    expected: isOpen ? `a number from ${low} up` : `a number from ${low} to ${high}`,
    holds: (value) => Number.isFinite(value) && Number(value) >= low && Number(value) <= high,
  }
}
