import type { TrialRecord, TrialStatus } from '../core/trial.ts'

const STATUSES: readonly TrialStatus[] = ['complete', 'running', 'pruned', 'diverged', 'failed']

/** How many trials there are of each status, those that occur. */
export function countByStatus(trials: readonly TrialRecord[]): Partial<Record<TrialStatus, number>> {
  const counts = STATUSES.map((status) => [status, trials.filter((trial) => trial.status === status).length] as const)
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}

/** `11 complete, 1 failed`; trials under way in a study that no process runs are `interrupted`. */
export function countsInWords(trials: readonly TrialRecord[], isRunning = false): string {
  const counts = Object.entries(countByStatus(trials))
  const word = (status: string) => (status === 'running' && !isRunning ? 'interrupted' : status)
  return counts.map(([status, count]) => `${count} ${word(status)}`).join(', ')
}

/** `1 trial`, `12 trials`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
