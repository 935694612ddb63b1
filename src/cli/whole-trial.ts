import type { StudyRecord } from '../core/study.ts'
import type { TrialRecord } from '../core/trial.ts'
import { causeLines } from './attempt-lines.ts'
import { bestLines } from './best-lines.ts'
import { trainingMs } from './json-forms.ts'
import { clockTime, short } from './numbers.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'

/** One trial for a person: what it tried, how far each fold came, what failed and why. */
export function wholeTrialLines(study: StudyRecord, trial: TrialRecord, verbose: boolean, style: Style): string[] {
  const { number, status, cause, folds, epochs } = trial
  const color = status === 'complete' ? 'green' : 'yellow'
  const indent = (line: string) => (line === '' ? '' : `  ${line}`)
  return [
    `${style('bold', `${study.name}, trial ${number}`)}  ${style(color, status)}`,
    '',
    ...bestLines(study, trial),
    '',
    `  asked to train ${epochs} epochs, trained ${clockTime(trainingMs(trial))}`,
    ...(folds.length === 0 ? [] : ['', style('bold', 'Folds'), '', ...foldTable(study, trial).map(indent)]),
    ...(cause === undefined ? [] : ['', style('bold', 'Cause'), '', ...causeLines(cause, verbose, style).map(indent)]),
    ...folds.flatMap(({ fold, lost = [] }) =>
      lost.flatMap((one) => [
        '',
        style('bold', `Fold ${fold + 1}, attempt ${one.attempt}, lost after ${clockTime(one.durationMs)}`),
        '',
        ...causeLines(one.cause, verbose, style).map(indent),
      ]),
    ),
  ]
}

function foldTable({ objective }: StudyRecord, { folds }: TrialRecord): string[] {
  const columns = ['fold', 'status', 'epochs', 'best epoch', objective.metric, 'attempts', 'trained', 'by']
  const rows = folds.map(({ fold, status, curve, bestEpoch, metrics, attempts, durationMs, engine, backend }) => {
    const value = metrics?.[objective.metric]
    return [
      `${fold + 1}`,
      status,
      `${curve.length}`,
      bestEpoch === undefined ? '' : `${bestEpoch}`,
      value === undefined ? '' : short(value),
      `${attempts}`,
      durationMs === undefined ? '' : clockTime(durationMs),
      engine === undefined ? '' : `${engine} on ${backend}`,
    ]
  })
  return table(
    columns.map((title) => ({ title })),
    rows,
  )
}
