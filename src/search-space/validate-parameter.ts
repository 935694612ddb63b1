import { type ErrorCode, TunerError } from '../core/errors.ts'
import { describeRange, isNumberOf, isValueOf } from './domain.ts'
import { type ChoiceSpec, type ListSpec, LONGEST_LIST, type NumberSpec, type ParameterSpec } from './spec.ts'
import { validateNumber } from './validate-number.ts'

const options: Readonly<Record<ParameterSpec['kind'], readonly string[]>> = {
  float: ['low', 'high', 'scale', 'step', 'default'],
  int: ['low', 'high', 'scale', 'step', 'default'],
  choice: ['values', 'ordered', 'default'],
  fixed: ['value'],
  list: ['item', 'length', 'default'],
}

/** Checks one parameter by itself; throws a `space/...` error that names it. */
export function validateParameter(name: string, spec: ParameterSpec): void {
  // A params object must not find a parameter it lacks on Object.prototype.
  if (name === '' || name in Object.prototype) {
    throw fault('space/bad-name', `"${name}" cannot be the name of a parameter.`, 'Give it another name.')
  }
  validateOptions(name, spec)
  if (spec.kind === 'choice') validateChoice(name, spec)
  else if (spec.kind === 'list') validateList(name, spec)
  else if (spec.kind === 'fixed') validateLiteral(name, 'space/bad-value', spec.value)
  else validateRange(name, spec)
}

function validateOptions(name: string, spec: ParameterSpec): void {
  const known: readonly string[] | undefined = options[spec.kind]
  if (known === undefined) {
    throw fault('space/bad-value', `Parameter "${name}" is of an unknown kind, "${String(spec.kind)}".`)
  }
  for (const option of Object.keys(spec)) {
    if (option === 'kind' || option === 'when' || known.includes(option)) continue
    throw fault(
      'space/bad-option',
      `Parameter "${name}": ${spec.kind} has no option "${option}".`,
      option === 'sampling' ? 'What KerasTuner calls sampling is scale here.' : `It knows: ${known.join(', ')}.`,
    )
  }
}

function validateRange(name: string, spec: NumberSpec): void {
  validateNumber(name, spec)
  if (spec.default !== undefined && !isNumberOf(spec, spec.default)) {
    throw fault(
      'space/bad-default',
      `Parameter "${name}": the default is ${JSON.stringify(spec.default)}, expected ${describeRange(spec)}.`,
    )
  }
}

function validateLiteral(name: string, code: ErrorCode, value: unknown): void {
  const type = typeof value
  if (type === 'string' || type === 'boolean' || (type === 'number' && Number.isFinite(value))) return
  throw fault(
    code,
    `Parameter "${name}": a value is a finite number, a string or a boolean, got ${String(value)} (${type}).`,
    'Choose by name and look the thing up in model().',
  )
}

function validateChoice(name: string, spec: ChoiceSpec): void {
  const { values } = spec
  if (!Array.isArray(values) || values.length === 0) {
    throw fault(
      'space/bad-choice',
      `Parameter "${name}": a choice needs an array of at least one value, got ${JSON.stringify(values)}.`,
    )
  }
  for (const value of spec.values) validateLiteral(name, 'space/bad-choice', value)
  if (new Set(values).size !== values.length) {
    throw fault('space/bad-choice', `Parameter "${name}": the values ${values.join(', ')} repeat.`)
  }
  if (spec.default !== undefined && !isValueOf(spec, spec.default)) {
    throw fault(
      'space/bad-default',
      `Parameter "${name}": the default ${JSON.stringify(spec.default)} is not among ${values.join(', ')}.`,
    )
  }
}

function validateList(name: string, spec: ListSpec): void {
  const { item, length, default: value } = spec
  if (item?.kind !== 'float' && item?.kind !== 'int') {
    throw fault('space/bad-option', `Parameter "${name}": the items of a list are float(...) or int(...).`)
  }
  if (item.when !== undefined) {
    throw fault(
      'space/bad-condition',
      `Parameter "${name}": the items of a list have no conditions of their own.`,
      'Put when(...) on the list.',
    )
  }
  validateOptions(`${name}[]`, item)
  validateRange(`${name}[]`, item)
  if (typeof length !== 'string') validateLength(name, length)
  if (value === undefined) return
  const [shortest, longest] = typeof length === 'string' ? [0, LONGEST_LIST] : length
  const fits = Array.isArray(value) && value.length >= shortest && value.length <= longest
  if (!fits || !value.every((entry) => isNumberOf(item, entry))) {
    throw fault(
      'space/bad-default',
      `Parameter "${name}": the default is ${JSON.stringify(value)}, expected ${shortest} to ${longest} items, each ${describeRange(item)}.`,
    )
  }
}

function validateLength(name: string, length: readonly [number, number]): void {
  const [shortest, longest] = Array.isArray(length) ? length : []
  if (Number.isInteger(shortest) && Number.isInteger(longest)) {
    if (Number(shortest) >= 0 && Number(longest) >= Number(shortest) && Number(longest) <= LONGEST_LIST) return
  }
  throw fault(
    'space/bad-bounds',
    `Parameter "${name}": a list's length is [shortest, longest], whole numbers from 0 to ${LONGEST_LIST}, or the name of an int parameter; got ${JSON.stringify(length)}.`,
  )
}

function fault(code: ErrorCode, message: string, hint?: string): TunerError {
  return new TunerError(code, message, hint === undefined ? {} : { hint })
}
