import { TunerError } from '../core/errors.ts'
import type { ChoiceSpec, ListSpec, NumberSpec, ParameterSpec, SpaceSpec } from './spec.ts'

/** Checks one parameter by itself; throws a `space/...` error that names it. */
export function validateParameter(name: string, spec: ParameterSpec): void {
  if (spec.kind === 'float' || spec.kind === 'int') validateNumber(name, spec)
  else if (spec.kind === 'choice') validateChoice(name, spec)
  else if (spec.kind === 'list') validateList(name, spec)
}

function validateNumber(name: string, spec: NumberSpec): void {
  const { kind, low, high, scale, step } = spec
  const range = `${kind}(${low}, ${high})`
  if (!Number.isFinite(low) || !Number.isFinite(high) || low >= high) {
    throw new TunerError('space/bad-bounds', `Parameter "${name}": ${range} needs finite bounds with low < high.`, {
      hint: low === high ? `For a constant write fixed(${low}).` : 'Swap or correct the bounds.',
    })
  }
  if (kind === 'int' && !(Number.isSafeInteger(low) && Number.isSafeInteger(high))) {
    throw new TunerError('space/bad-bounds', `Parameter "${name}": ${range} needs whole numbers as bounds.`, {
      hint: `Round the bounds, or use float(${low}, ${high}).`,
    })
  }
  if (scale !== 'linear' && scale !== 'log' && scale !== 'reverse-log') {
    throw new TunerError(
      'space/bad-scale',
      `Parameter "${name}": scale is "${String(scale)}"; expected "linear", "log" or "reverse-log".`,
    )
  }
  if (scale !== 'linear' && low <= 0) {
    throw new TunerError('space/bad-scale', `Parameter "${name}": a ${scale} scale needs low > 0, got ${low}.`, {
      hint: 'Raise low above zero, or use the linear scale.',
    })
  }
  if (step !== undefined) validateStep(name, spec, step)
  if (spec.default !== undefined && !isNumberInRange(spec, spec.default)) {
    throw new TunerError('space/bad-default', `Parameter "${name}": the default ${spec.default} is not in ${range}.`)
  }
}

function validateStep(name: string, { kind, low, high, scale }: NumberSpec, step: number): void {
  const fail = (expected: string) =>
    new TunerError('space/bad-step', `Parameter "${name}": step ${step} of ${kind}(${low}, ${high}): ${expected}.`)
  if (!Number.isFinite(step) || step <= 0) throw fail('expected a finite number above 0')
  if (scale === 'reverse-log') throw fail('a reverse-log scale has no steps; use linear or log')
  if (scale === 'log') {
    if (step <= 1) throw fail('on a log scale a step is a factor, so it must be above 1')
    if (low * step > high) throw fail('it leaves a single value, low')
  } else {
    if (step > high - low) throw fail('it is larger than the range')
    if (kind === 'int' && !Number.isInteger(step)) throw fail('an int needs a whole step')
  }
}

export function isNumberInRange(spec: NumberSpec, value: unknown): value is number {
  return (
    typeof value === 'number' &&
    value >= spec.low &&
    value <= spec.high &&
    (spec.kind === 'float' || Number.isInteger(value))
  )
}

function validateChoice(name: string, spec: ChoiceSpec): void {
  if (spec.values.length === 0) {
    throw new TunerError('space/bad-choice', `Parameter "${name}": a choice needs at least one value, got none.`)
  }
  for (const value of spec.values) {
    const type = typeof value
    const fine = type === 'string' || type === 'boolean' || (type === 'number' && Number.isFinite(value))
    if (!fine) {
      throw new TunerError(
        'space/bad-choice',
        `Parameter "${name}": choices are numbers, strings or booleans, got ${String(value)} (${type}).`,
        { hint: 'Choose by name and look the thing up in model().' },
      )
    }
  }
  if (new Set(spec.values).size !== spec.values.length) {
    throw new TunerError('space/bad-choice', `Parameter "${name}": the values ${spec.values.join(', ')} repeat.`)
  }
  if (spec.default !== undefined && !spec.values.includes(spec.default)) {
    throw new TunerError(
      'space/bad-default',
      `Parameter "${name}": the default ${String(spec.default)} is not among ${spec.values.join(', ')}.`,
    )
  }
}

function validateList(name: string, spec: ListSpec): void {
  if (spec.item.kind !== 'float' && spec.item.kind !== 'int') {
    throw new TunerError('space/bad-choice', `Parameter "${name}": the items of a list are float(...) or int(...).`)
  }
  validateNumber(`${name}[]`, spec.item)
  if (typeof spec.length === 'string') return
  const [shortest, longest] = spec.length
  if (!Number.isInteger(shortest) || !Number.isInteger(longest) || shortest < 0 || longest < shortest || longest > 64) {
    throw new TunerError(
      'space/bad-bounds',
      `Parameter "${name}": a list's length goes from a whole number >= 0 to one of at most 64, got ${shortest} to ${longest}.`,
    )
  }
  const { default: value } = spec
  if (value === undefined) return
  const fits = value.length >= shortest && value.length <= longest
  if (!fits || !value.every((item) => isNumberInRange(spec.item, item))) {
    throw new TunerError('space/bad-default', `Parameter "${name}": the default [${value.join(', ')}] is outside.`)
  }
}

/** Checks that conditions and list lengths name fitting parameters, without circles; returns parents before children. */
export function orderByDependency(space: SpaceSpec): string[] {
  const ordered: string[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (name: string): void => {
    if (state.get(name) === 'done') return
    if (state.get(name) === 'open') {
      throw new TunerError('space/bad-condition', `Parameter "${name}" depends on itself through its conditions.`)
    }
    state.set(name, 'open')
    for (const parent of parentsOf(name, space)) visit(parent)
    state.set(name, 'done')
    ordered.push(name)
  }
  for (const name of Object.keys(space)) visit(name)
  return ordered
}

function parentsOf(name: string, space: SpaceSpec): string[] {
  const spec = space[name] as ParameterSpec
  const parents: string[] = []
  for (const condition of spec.when ?? []) {
    const parent = find(name, condition.parameter, space)
    if (parent.kind === 'float' || parent.kind === 'list') {
      throw new TunerError(
        'space/bad-condition',
        `Parameter "${name}" is under a condition on "${condition.parameter}", a ${parent.kind}; expected a choice, boolean, int or fixed parameter.`,
      )
    }
    for (const value of condition.values) {
      if (!canHave(parent, value)) {
        throw new TunerError(
          'space/bad-condition',
          `Parameter "${name}" waits for "${condition.parameter}" to be ${JSON.stringify(value)}, which it never is.`,
          { hint: 'Correct the value in when(...).' },
        )
      }
    }
    parents.push(condition.parameter)
  }
  if (spec.kind === 'list' && typeof spec.length === 'string') {
    const parent = find(name, spec.length, space)
    if (parent.kind !== 'int' || parent.low < 0 || parent.high > 64) {
      throw new TunerError(
        'space/bad-condition',
        `The length of list "${name}" is bound to "${spec.length}"; expected an int parameter between 0 and 64.`,
      )
    }
    parents.push(spec.length)
  }
  return parents
}

function find(child: string, parent: string, space: SpaceSpec): ParameterSpec {
  const spec = space[parent]
  if (spec !== undefined) return spec
  throw new TunerError(
    'space/bad-condition',
    `Parameter "${child}" depends on "${parent}", which is not in the space.`,
    {
      hint: `The space has: ${Object.keys(space).join(', ')}.`,
    },
  )
}

function canHave(spec: ParameterSpec, value: unknown): boolean {
  if (spec.kind === 'choice') return spec.values.includes(value as never)
  if (spec.kind === 'fixed') return spec.value === value
  return spec.kind !== 'list' && isNumberInRange(spec, value)
}
