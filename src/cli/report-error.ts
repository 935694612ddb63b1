import { errorRecord, TunerError } from '../core/errors.ts'
import { toErrorJson } from './json-forms.ts'
import type { Style } from './style.ts'

export interface ErrorReport {
  readonly json: boolean
  /** Whether to show the stack of an error of ours; that of an unexpected one is always shown. */
  readonly verbose: boolean
  readonly style: Style
}

/** An error as it ends a command: one paragraph (with `json` one line of JSON), and a stack where it helps. */
export function describeError(error: unknown, { json, verbose, style }: ErrorReport): string {
  const { code, message, hint, stack } = errorRecord(error)
  if (json) return `${JSON.stringify(toErrorJson(error))}\n`
  const told = hint === undefined ? oneLine(message) : `${sentence(oneLine(message))} ${oneLine(hint)}`
  const paragraph = `${style(['red', 'bold'], `error ${code ?? 'unexpected'}:`)} ${told}\n`
  const isUnexpected = !(error instanceof TunerError)
  return stack !== undefined && (verbose || isUnexpected) ? `${paragraph}${style('dim', stack)}\n` : paragraph
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim()
}

/** User code seldom ends its messages with a full stop. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
