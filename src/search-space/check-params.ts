import { TunerError } from '../core/errors.ts'
import type { Params } from '../core/params.ts'
import type { Space } from './space.ts'
import type { ListSpec, NumberSpec } from './spec.ts'
import { isNumberInRange } from './validate-spec.ts'

/** Throws `space/bad-value` unless `params` is a configuration of `space`. */
export function checkParams(space: Space, params: Params): void {
  for (const name of Object.keys(params)) {
    if (space.spec[name] === undefined) throw bad(`"${name}" is not a parameter of the space`, space)
  }
  for (const name of space.names) {
    const value = params[name]
    const spec = space.parameter(name)
    if (!space.isActive(name, params)) {
      if (value !== undefined) throw bad(`"${name}" has a value although its condition does not hold`, space)
      continue
    }
    if (value === undefined) throw bad(`"${name}" has no value`, space)
    const shown = JSON.stringify(value)
    if (spec.kind === 'fixed' && value !== spec.value) {
      throw bad(`"${name}" is ${shown}, expected ${JSON.stringify(spec.value)}`, space)
    }
    if (spec.kind === 'choice' && !spec.values.includes(value as never)) {
      throw bad(`"${name}" is ${shown}, expected one of ${spec.values.join(', ')}`, space)
    }
    if ((spec.kind === 'float' || spec.kind === 'int') && !isLevel(space, name, spec, value)) {
      throw bad(`"${name}" is ${shown}, expected ${describe(spec)}`, space)
    }
    if (spec.kind === 'list' && !isList(spec, value, params)) {
      throw bad(`"${name}" is ${shown}, expected a list of ${describe(spec.item)}, of the right length`, space)
    }
  }
}

function isLevel(space: Space, name: string, spec: NumberSpec, value: unknown): boolean {
  if (!isNumberInRange(spec, value)) return false
  if (spec.step === undefined) return true
  const [dimension] = space.dimensionsOf(name)
  if (dimension === undefined) return false
  const nearest = Number(dimension.level(dimension.levelOf(value)))
  return Math.abs(nearest - value) <= 1e-9 * Math.abs(value)
}

function isList(spec: ListSpec, value: unknown, params: Params): boolean {
  if (!Array.isArray(value) || !value.every((item) => isNumberInRange(spec.item, item))) return false
  if (typeof spec.length === 'string') return value.length === (params[spec.length] ?? 0)
  return value.length >= spec.length[0] && value.length <= spec.length[1]
}

function describe({ kind, low, high, step }: NumberSpec): string {
  return `${kind === 'int' ? 'a whole number' : 'a number'} from ${low} to ${high}${step === undefined ? '' : ` in steps of ${step}`}`
}

function bad(what: string, space: Space): TunerError {
  return new TunerError('space/bad-value', `Not a configuration of this space: ${what}.`, {
    hint: `The space has: ${Object.keys(space.spec).join(', ')}.`,
  })
}
