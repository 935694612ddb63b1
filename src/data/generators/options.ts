import { TunerError } from '../../core/errors.ts'

/** Throws `data/bad-shape` unless a generator's option is whole and large enough. */
export function requireWhole(generator: string, option: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return
  throw new TunerError(
    'data/bad-shape',
    `${generator}: ${option} is ${value}; expected a whole number of at least ${least}.`,
  )
}
