import { TunerError } from '../core/errors.ts'
import { choice, fixed, float, int, type NumberOptions, type Parameter } from './parameter.ts'
import { validateParameter } from './validate-parameter.ts'

type Kind = 'float' | 'int'

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/**
 * A range as written on the command line. `1:3`: from 1 to 3; `0:0.6:0.15`: in steps; `1e-4:1e-1:log`: on a log (or
 * `reverse-log`) scale; `16:256:log:2`: each twice the one before; `16,32,64`: exactly these, in any order; `0.2`: this
 * one. Throws `command/bad-range`, `name` being the option's name in the command or in params (`learningRate`).
 */
export function parseRange(name: string, text: string, kind: Kind): Parameter<number, false> {
  const fail = (reason: string) => badRange(name, text, kind, reason)
  const parameter = read(text.trim(), kind, fail)
  try {
    validateParameter(name, parameter.spec)
  } catch (error) {
    if (!(error instanceof TunerError)) throw error
    throw fail(error.message.replace(/^Parameter "[^"]*": /, '').replace(/\.$/, ''))
  }
  return parameter
}

type Fail = (reason: string) => TunerError

function read(text: string, kind: Kind, fail: Fail): Parameter<number, false> {
  if (text.includes(':')) return readRange(text.split(':'), kind, fail)
  const values = text.split(',').map((part) => readNumber(part, kind, fail))
  const [first, ...rest] = values.sort((a, b) => a - b)
  if (first === undefined) throw fail('it is empty')
  return rest.length === 0 ? fixed(first) : choice([first, ...rest])
}

function readRange(parts: readonly string[], kind: Kind, fail: Fail): Parameter<number, false> {
  const [lowText = '', highText = '', ...rest] = parts
  const low = readNumber(lowText, kind, fail)
  const high = readNumber(highText, kind, fail)
  return (kind === 'int' ? int : float)(low, high, readOptions(rest, fail))
}

function readOptions(parts: readonly string[], fail: Fail): NumberOptions {
  const [first = '', ...others] = parts.map((part) => part.trim())
  if (parts.length === 0) return {}
  const named = first === 'linear' || first === 'log' || first === 'reverse-log'
  const [step, ...surplus] = named ? others : [first, ...others]
  if (surplus.length > 0) throw fail('it has too many parts; a range is low:high, then the scale, then the step')
  const scale = named ? ({ scale: first } as const) : {}
  if (step === undefined) return scale
  if (!number.test(step)) {
    throw fail(
      named
        ? `the step "${step}" is not a number`
        : `"${step}" is neither a scale (linear, log, reverse-log) nor a step`,
    )
  }
  return { ...scale, step: Number(step) }
}

function readNumber(text: string, kind: Kind, fail: Fail): number {
  const written = text.trim()
  const value = Number(written)
  if (!number.test(written) || !Number.isFinite(value)) throw fail(`"${written}" is not a number`)
  if (kind === 'int' && !Number.isInteger(value)) throw fail(`${written} is not a whole number`)
  return value
}

const examples: Readonly<Record<Kind, readonly [string, string]>> = {
  float: ['1e-4:1e-1:log', '0,0.2,0.4'],
  int: ['16:256:log', '16,32,64'],
}

function badRange(name: string, text: string, kind: Kind, reason: string): TunerError {
  const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  const expected = kind === 'int' ? 'a range or list of whole numbers' : 'a range or list of numbers'
  const [range, list] = examples[kind]
  return new TunerError('command/bad-range', `${flag} is "${text}", expected ${expected}: ${reason}.`, {
    hint: `Write for example ${flag} ${range} or ${flag} ${list}.`,
  })
}
