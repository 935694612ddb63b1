import type { StudyRecord } from '../core/study.ts'
import type { TrialRecord } from '../core/trial.ts'
import { shownMetrics } from './metrics-shown.ts'
import { meanAndSpread, short, shortParam } from './numbers.ts'
import { table } from './table.ts'

/** A trial in full: metrics with their spread and folds, and every parameter. */
export function bestLines({ objective }: StudyRecord, trial: TrialRecord): string[] {
  const { number, value, bestEpoch, params, metrics } = trial
  const epoch = bestEpoch === undefined ? [] : [['epoch', `${bestEpoch}`]]
  const measured = shownMetrics([trial], objective).map((name) => {
    const summary = metrics[name]
    if (summary === undefined) return [name, value === undefined ? '' : short(value)]
    const each = summary.folds.length > 1 ? `  (folds: ${summary.folds.map(short).join(', ')})` : ''
    return [name, meanAndSpread(summary) + each]
  })
  const [, ...facts] = table([{ title: '' }, { title: '' }], [['trial', `${number}`], ...measured, ...epoch])
  const [, ...values] = table(
    [{ title: '' }, { title: '' }],
    Object.entries(params).map(([name, given]) => [name, shortParam(given)]),
  )
  return [...facts, '', ...values].map((text) => (text === '' ? '' : `  ${text}`))
}
