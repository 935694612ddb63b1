import { TunerError } from '../core/errors.ts'
import type { Params } from '../core/params.ts'
import { describeRange, isNumberOf, isValueOf } from './domain.ts'
import type { Space } from './space.ts'
import type { ListSpec, ParameterSpec } from './spec.ts'

/** Throws `space/bad-value` unless `params` is a configuration of `space`. Constraints are not looked at. */
export function checkParams(space: Space, params: Params): void {
  for (const name of Object.keys(params)) {
    if (!Object.hasOwn(space.spec, name)) throw bad(`"${name}" is not a parameter of the space`, space)
  }
  for (const name of space.names) {
    const value = params[name]
    if (!space.isActive(name, params)) {
      if (value !== undefined) throw bad(`"${name}" has a value although its condition does not hold`, space)
      continue
    }
    if (value === undefined) throw bad(`"${name}" has no value`, space)
    const spec = space.parameter(name)
    const fits = spec.kind === 'list' ? isListOf(spec, value, params) : isValueOf(spec, value)
    if (!fits) throw bad(`"${name}" is ${JSON.stringify(value)}, expected ${expected(spec, params)}`, space)
  }
}

function isListOf(spec: ListSpec, value: unknown, params: Params): boolean {
  if (!Array.isArray(value) || !value.every((item) => isNumberOf(spec.item, item))) return false
  const [shortest, longest] = lengthOf(spec, params)
  return value.length >= shortest && value.length <= longest
}

/** While the parameter that a length is bound to is inactive, the list is empty. */
function lengthOf({ length }: ListSpec, params: Params): readonly [number, number] {
  if (typeof length !== 'string') return length
  const bound = Number(params[length] ?? 0)
  return [bound, bound]
}

function expected(spec: ParameterSpec, params: Params): string {
  if (spec.kind === 'fixed') return JSON.stringify(spec.value)
  if (spec.kind === 'choice') return `one of ${spec.values.map((value) => JSON.stringify(value)).join(', ')}`
  if (spec.kind !== 'list') return describeRange(spec)
  const [shortest, longest] = lengthOf(spec, params)
  const count = shortest === longest ? `${shortest}` : `${shortest} to ${longest}`
  return `a list of ${count} items, each ${describeRange(spec.item)}`
}

function bad(what: string, space: Space): TunerError {
  return new TunerError('space/bad-value', `Not a configuration of this space: ${what}.`, {
    hint: `The space has: ${space.names.join(', ')}.`,
  })
}
