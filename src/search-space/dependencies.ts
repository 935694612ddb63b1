import { TunerError } from '../core/errors.ts'
import { isValueOf } from './domain.ts'
import { type Condition, LONGEST_LIST, type ParameterSpec, type SpaceSpec } from './spec.ts'

/**
 * Names of all parameters, parents before the parameters under their conditions, otherwise as declared. Throws
 * `space/bad-condition` where a condition or a list's length names no fitting parameter, or where they make a circle.
 */
export function orderByDependency(space: SpaceSpec): string[] {
  const ordered = new Set<string>()
  const open: string[] = []
  const visit = (name: string): void => {
    if (ordered.has(name)) return
    if (open.includes(name)) {
      const circle = [...open.slice(open.indexOf(name)), name].map((each) => `"${each}"`).join(' on ')
      throw badCondition(`Parameters depend on each other in a circle: ${circle}.`, 'Take away one of the conditions.')
    }
    open.push(name)
    for (const parent of checkedParents(name, space)) visit(parent)
    open.pop()
    ordered.add(name)
  }
  for (const name of Object.keys(space)) visit(name)
  return [...ordered]
}

/** The parameters that decide whether this one is active, and how long it is. */
export function parentsOf(spec: ParameterSpec): string[] {
  const parents = (spec.when ?? []).map((condition) => condition.parameter)
  return spec.kind === 'list' && typeof spec.length === 'string' ? [...parents, spec.length] : parents
}

function checkedParents(name: string, space: SpaceSpec): string[] {
  const spec = space[name] as ParameterSpec
  for (const condition of spec.when ?? []) checkCondition(name, condition, space)
  if (spec.kind === 'list' && typeof spec.length === 'string') {
    const parent = find(name, spec.length, space)
    if (parent.kind !== 'int' || parent.low < 0 || parent.high > LONGEST_LIST) {
      throw badCondition(
        `The length of list "${name}" is bound to "${spec.length}"; expected an int parameter between 0 and ${LONGEST_LIST}.`,
      )
    }
  }
  return parentsOf(spec)
}

function checkCondition(name: string, { parameter, values }: Condition, space: SpaceSpec): void {
  const parent = find(name, parameter, space)
  if (parent.kind === 'float' || parent.kind === 'list') {
    throw badCondition(
      `Parameter "${name}" is under a condition on "${parameter}", a ${parent.kind}; expected a choice, boolean, int or fixed parameter.`,
    )
  }
  if (values.length === 0) {
    throw badCondition(
      `Parameter "${name}" waits for "${parameter}" to be one of no values.`,
      'Name some in when(...).',
    )
  }
  for (const value of values) {
    if (isValueOf(parent, value)) continue
    throw badCondition(
      `Parameter "${name}" waits for "${parameter}" to be ${JSON.stringify(value)}, which it never is.`,
      'Correct the value in when(...).',
    )
  }
}

function find(child: string, parent: string, space: SpaceSpec): ParameterSpec {
  if (Object.hasOwn(space, parent)) return space[parent] as ParameterSpec
  throw badCondition(
    `Parameter "${child}" depends on "${parent}", which is not in the space.`,
    `The space has: ${Object.keys(space).join(', ')}.`,
  )
}

function badCondition(message: string, hint?: string): TunerError {
  return new TunerError('space/bad-condition', message, hint === undefined ? {} : { hint })
}
