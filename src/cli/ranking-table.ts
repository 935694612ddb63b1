import type { StudyRecord } from '../core/study.ts'
import type { TrialRecord } from '../core/trial.ts'
import { rankTrials } from '../study/ranking.ts'
import { plural } from './counts.ts'
import { shownMetrics } from './metrics-shown.ts'
import { meanAndSpread, short, shortParam } from './numbers.ts'
import { searchedParameters } from './searched.ts'
import { table } from './table.ts'
import { causeInWords } from './trial-line.ts'

/** Trials for a person, the best first: at most `limit` of them, then what became of those without a rank. */
export function rankingTable(record: StudyRecord, trials: readonly TrialRecord[], limit: number): string[] {
  const { objective, space } = record
  const ranked = rankTrials(trials, objective.direction).filter(({ status }) => status === 'complete')
  const metrics = shownMetrics(ranked, objective)
  const params = searchedParameters(space)
  const shown = ranked.slice(0, limit)
  const columns = ['', 'trial', ...metrics, 'epoch', ...params].map((title) => ({ title, align: 'right' as const }))
  const rows = shown.map((trial, i) => [
    `${i + 1}`,
    `${trial.number}`,
    ...metrics.map((name) => measured(trial, name, objective.metric)),
    trial.bestEpoch === undefined ? '' : `${trial.bestEpoch}`,
    ...params.map((name) => cell(trial.params[name])),
  ])
  const hidden = ranked.length - shown.length
  const unranked = unrankedLines(trials)
  return [
    ...(ranked.length > 0 ? table(columns, rows) : ['No trial is complete.']),
    ...(hidden > 0 ? [`and ${hidden} more`] : []),
    ...(unranked.length > 0 ? ['', ...unranked] : []),
  ]
}

function measured({ metrics, value }: TrialRecord, name: string, objective: string): string {
  const summary = metrics[name]
  if (summary !== undefined) return meanAndSpread(summary)
  return name === objective && value !== undefined ? short(value) : ''
}

function cell(value: TrialRecord['params'][string] | undefined): string {
  return value === undefined ? '' : shortParam(value)
}

/** Failures by their cause, with the trials that met it; then pruned ones. */
export function unrankedLines(trials: readonly TrialRecord[]): string[] {
  const byReason = new Map<string, number[]>()
  for (const { number, status, cause } of trials) {
    if (status === 'complete' || status === 'running') continue
    const reason = cause === undefined ? status : `${status}: ${causeInWords(cause)}`
    byReason.set(reason, [...(byReason.get(reason) ?? []), number])
  }
  return [...byReason].map(([reason, numbers]) => {
    const which = numbers.length <= 5 ? `trial ${numbers.join(', ')}` : plural(numbers.length, 'trial')
    return `${which} ${reason}`
  })
}
