import type { Direction } from '../core/study.ts'
import type { TrialRecord, TrialStatus } from '../core/trial.ts'

const ORDER: readonly TrialStatus[] = ['complete', 'running', 'pruned', 'diverged', 'failed']

/** Complete trials by value, the best first; then the others by status. Ties go to the lower number. A new array. */
export function rankTrials(trials: readonly TrialRecord[], direction: Direction): TrialRecord[] {
  const key = ({ value }: TrialRecord) =>
    value === undefined || Number.isNaN(value) ? Number.POSITIVE_INFINITY : direction === 'minimize' ? value : -value
  return [...trials].sort((a, b) => {
    const byStatus = ORDER.indexOf(a.status) - ORDER.indexOf(b.status)
    if (byStatus !== 0) return byStatus
    const [x, y] = [key(a), key(b)]
    return x === y ? a.number - b.number : x < y ? -1 : 1
  })
}

/** The best complete trial, if there is one. */
export function bestTrial(trials: readonly TrialRecord[], direction: Direction): TrialRecord | undefined {
  const [first] = rankTrials(trials, direction)
  return first?.status === 'complete' && first.value !== undefined ? first : undefined
}
