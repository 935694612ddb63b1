import type { ErrorRecord } from '../core/errors.ts'
import type { FoldRecord, TrialRecord } from '../core/trial.ts'
import { plural } from './counts.ts'
import type { Style } from './style.ts'
import { causeInWords } from './trial-line.ts'

/** Folds that were begun more than once because something failed, a line each: what it was, the first time and after. */
export function attemptLines(trials: readonly TrialRecord[]): string[] {
  return trials.flatMap(({ number, folds }) =>
    folds.flatMap((fold) => {
      const [first, ...later] = lostInWords(fold)
      if (first === undefined) return []
      const which = `trial ${number} fold ${fold.fold + 1}: ${plural(fold.attempts, 'attempt')}`
      return [`${which}, lost: ${[first, ...later].join('; ')}`]
    }),
  )
}

function lostInWords({ lost = [] }: FoldRecord): string[] {
  return lost.map(({ cause }) => causeInWords(cause))
}

/** Why something failed, in full: the cause, what to do, what the worker printed and, where asked for, the stack. */
export function causeLines(cause: ErrorRecord, verbose: boolean, style: Style): string[] {
  const { hint, log, stack } = cause
  return [
    causeInWords(cause),
    ...(hint === undefined ? [] : [hint]),
    ...block('The worker printed:', log, style),
    ...(verbose ? block('Stack:', stack, style) : []),
  ]
}

function block(title: string, text: string | undefined, style: Style): string[] {
  if (text === undefined || text === '') return []
  return [title, ...text.split('\n').map((line) => style('dim', `  ${line}`))]
}
