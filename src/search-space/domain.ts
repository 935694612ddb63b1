import type { ChoiceSpec, FixedSpec, NumberSpec } from './spec.ts'
import { stepsOf } from './steps.ts'

/** Whether a value is one that the parameter, its conditions aside, can have. Steps are met to 9 digits. */
export function isValueOf(spec: NumberSpec | ChoiceSpec | FixedSpec, value: unknown): boolean {
  if (spec.kind === 'fixed') return value === spec.value
  if (spec.kind === 'choice') return (spec.values as readonly unknown[]).includes(value)
  return isNumberOf(spec, value)
}

export function isNumberOf(spec: NumberSpec, value: unknown): value is number {
  if (typeof value !== 'number' || !(value >= spec.low && value <= spec.high)) return false
  if (spec.kind === 'int' && !Number.isInteger(value)) return false
  if (spec.step === undefined) return true
  const steps = stepsOf(spec, spec.step)
  const distance = Math.abs(steps.at(steps.indexOf(value)) - value)
  return distance <= 1e-9 * (spec.scale === 'log' ? value : spec.step)
}

/** The numbers a range has, in words: "a whole number from 8 to 64 in steps of 8". */
export function describeRange({ kind, low, high, scale, step }: NumberSpec): string {
  const range = `${kind === 'int' ? 'a whole number' : 'a number'} from ${low} to ${high}`
  if (step === undefined) return range
  return scale === 'log' ? `${range}, each ${step} times the one before` : `${range} in steps of ${step}`
}
