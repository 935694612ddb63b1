import type { Condition, Literal, NumberSpec, ParameterSpec, SpaceSpec } from './spec.ts'

/** One parameter in words, for a table. */
export interface SpaceRow {
  readonly name: string
  /** What values there are: `int 8 to 64`, `float 0 to 1 in steps of 0.1`, `sgd, adam`, `1 to 4 of int 8 to 64`. */
  readonly range: string
  /** `linear`, `log`, `reverse-log`; for choices `ordered` or `categorical`; for constants `fixed`. */
  readonly scale: string
  /** When it is active, `optimizer is sgd or adam`; empty: always. */
  readonly condition: string
}

/** A space as rows for people, in the order of declaration. */
export function describeSpace(space: SpaceSpec): SpaceRow[] {
  return Object.entries(space).map(([name, spec]) => ({
    name,
    range: rangeOf(spec),
    scale: scaleOf(spec),
    condition: (spec.when ?? []).map(conditionText).join(' and '),
  }))
}

function rangeOf(spec: ParameterSpec): string {
  if (spec.kind === 'fixed') return `${spec.value}`
  if (spec.kind === 'choice') return spec.values.join(', ')
  if (spec.kind !== 'list') return numbers(spec)
  return `${typeof spec.length === 'string' ? spec.length : fromTo(...spec.length)} of ${numbers(spec.item)}`
}

function numbers({ kind, low, high, scale, step }: NumberSpec): string {
  const range = `${kind} ${fromTo(low, high)}`
  if (step === undefined) return range
  return scale === 'log' ? `${range} by factors of ${step}` : `${range} in steps of ${step}`
}

function fromTo(low: number, high: number): string {
  return low === high ? `${low}` : `${low} to ${high}`
}

function scaleOf(spec: ParameterSpec): string {
  if (spec.kind === 'fixed') return 'fixed'
  if (spec.kind === 'choice') return spec.ordered ? 'ordered' : 'categorical'
  return spec.kind === 'list' ? spec.item.scale : spec.scale
}

function conditionText({ parameter, values }: Condition): string {
  return `${parameter} is ${alternatives(values)}`
}

function alternatives(values: readonly Literal[]): string {
  if (values.length < 2) return values.join('')
  return `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`
}
