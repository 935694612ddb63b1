import { TunerError } from '../core/errors.ts'
import type { NumberSpec } from './spec.ts'

/** Beyond it the place of a whole number on a log scale cannot be told from its neighbour's. */
const LARGEST_INT = 2 ** 40

/** Checks bounds, scale and step of a range; throws a `space/...` error that names the parameter. */
export function validateNumber(name: string, spec: NumberSpec): void {
  validateBounds(name, spec)
  const { low, scale, step } = spec
  if (scale !== 'linear' && scale !== 'log' && scale !== 'reverse-log') {
    throw new TunerError(
      'space/bad-scale',
      `Parameter "${name}": scale is ${JSON.stringify(scale)}; expected "linear", "log" or "reverse-log".`,
    )
  }
  if (scale !== 'linear' && low <= 0) {
    throw new TunerError('space/bad-scale', `Parameter "${name}": a ${scale} scale needs low > 0, got ${low}.`, {
      hint: 'Raise low above zero, or use the linear scale.',
    })
  }
  if (step !== undefined) validateStep(name, spec, step)
}

function validateBounds(name: string, { kind, low, high }: NumberSpec): void {
  const fail = (expected: string, hint: string) =>
    new TunerError('space/bad-bounds', `Parameter "${name}": ${kind}(${String(low)}, ${String(high)}) ${expected}.`, {
      hint,
    })
  // Number.isFinite is also false for what is not a number; the width of the range is used in arithmetic.
  if (!Number.isFinite(low) || !Number.isFinite(high) || !Number.isFinite(high - low) || low >= high) {
    throw fail(
      'needs finite numbers with low < high',
      low === high ? `For a constant write fixed(${low}).` : 'Swap or correct the bounds.',
    )
  }
  if (kind === 'float') return
  if (!Number.isInteger(low) || !Number.isInteger(high)) {
    throw fail('needs whole numbers as bounds', `Round the bounds, or use float(${low}, ${high}).`)
  }
  if (Math.abs(low) > LARGEST_INT || Math.abs(high) > LARGEST_INT) {
    throw fail('is too wide: the bounds of an int are at most 2^40', `Use float(${low}, ${high}) and round.`)
  }
}

function validateStep(name: string, { kind, low, high, scale }: NumberSpec, step: number): void {
  const fail = (expected: string) =>
    new TunerError(
      'space/bad-step',
      `Parameter "${name}": step ${JSON.stringify(step)} of ${kind}(${low}, ${high}): ${expected}.`,
    )
  if (!Number.isFinite(step) || step <= 0) throw fail('expected a finite number above 0')
  if (scale === 'reverse-log') throw fail('a reverse-log scale has no steps; use linear or log')
  if (scale === 'log') {
    if (step < 1.000_001) throw fail('on a log scale a step is a factor, so it must be above 1 (1.000001 at least)')
    if (low * step > high) throw fail('it leaves a single value, low')
    if (kind === 'int' && low * (step - 1) < 1 - 1e-9) {
      throw fail(`it gives the same whole number twice; from ${low} on the factor must be at least ${1 + 1 / low}`)
    }
  } else {
    if (step > high - low) throw fail('it is larger than the range')
    if (kind === 'int' && !Number.isInteger(step)) throw fail('an int needs a whole step')
    if (low + step === low || high - step === high) throw fail('it is lost in the rounding of the bounds')
  }
}
