import { isInOrder } from './parameter.ts'
import type { ChoiceSpec, Condition, ListSpec, Literal, NumberSpec, ParameterSpec } from './spec.ts'

/**
 * A parameter as one would declare it: `int(16, 256, { scale: 'log' }).when('optimizer', 'sgd')`. Equal for parameters
 * that mean the same, and for no others.
 */
export function declarationOf(spec: ParameterSpec): string {
  return expression(spec) + (spec.when ?? []).map(suffix).sort().join('')
}

function expression(spec: ParameterSpec): string {
  if (spec.kind === 'fixed') return call('fixed', [literal(spec.value)], [])
  if (spec.kind === 'choice') return choiceExpression(spec)
  return spec.kind === 'list' ? listExpression(spec) : numberExpression(spec)
}

function numberExpression({ kind, low, high, scale, step, default: value }: NumberSpec): string {
  return call(
    kind,
    [`${low}`, `${high}`],
    [
      scale !== 'linear' && `scale: '${scale}'`,
      step !== undefined && `step: ${step}`,
      value !== undefined && `default: ${value}`,
    ],
  )
}

function choiceExpression({ values, ordered, default: value }: ChoiceSpec): string {
  const byDefault = value !== undefined && `default: ${literal(value)}`
  if (!ordered && values.length === 2 && values[0] === false && values[1] === true) {
    return call('boolean', [], [byDefault])
  }
  const order = ordered !== isInOrder(values) && `ordered: ${ordered}`
  return call('choice', [`[${values.map(literal).join(', ')}]`], [order, byDefault])
}

function listExpression({ item, length, default: value }: ListSpec): string {
  const bounds = typeof length === 'string' ? literal(length) : `[${length.join(', ')}]`
  const isWidths = item.kind === 'int' && item.scale === 'log' && item.step === undefined && item.default === undefined
  if (isWidths && value === undefined) {
    return call('layerWidths', [], [`layers: ${bounds}`, `width: [${item.low}, ${item.high}]`])
  }
  const byDefault = value !== undefined && `default: [${value.join(', ')}]`
  return call('list', [numberExpression(item)], [`length: ${bounds}`, byDefault])
}

function suffix({ parameter, values }: Condition): string {
  return call('.when', [literal(parameter), ...values.map(literal).sort()], [])
}

function call(name: string, inputs: readonly string[], options: readonly (string | false)[]): string {
  const given = options.filter((option) => option !== false)
  return `${name}(${[...inputs, ...(given.length > 0 ? [`{ ${given.join(', ')} }`] : [])].join(', ')})`
}

function literal(value: Literal): string {
  if (typeof value !== 'string') return `${value}`
  return value.includes("'") || value.includes('\\')
    ? JSON.stringify(value)
    : `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"')}'`
}
