import type { RunRecord } from '../core/study.ts'
import { busyFraction } from '../study/scheduling/busy-time.ts'
import { plural } from './counts.ts'
import { clockTime } from './numbers.ts'

/** `busy 97 % of 1:23, 2 workers`: how busy the workers of one run were, or those of several together. */
export function utilizationInWords(runs: readonly RunRecord[]): string | undefined {
  const total = together(runs)
  const fraction = total && busyFraction(total)
  const last = runs.at(-1)
  if (total === undefined || last === undefined || fraction === undefined) return undefined
  const elapsed = runs.reduce((sum, { startedAt, finishedAt }) => sum + finishedAt - startedAt, 0)
  const several = runs.length > 1 ? `, ${plural(runs.length, 'run')}` : ''
  return `busy ${percent(fraction)} of ${clockTime(elapsed)}, ${plural(last.workers, 'worker')}${several}`
}

/** The same for a program: null where no run has ended. */
export function utilizationJson(runs: readonly RunRecord[]) {
  const total = together(runs)
  return {
    busy: (total && busyFraction(total)) ?? null,
    runs: runs.map((run) => ({ ...run, busy: busyFraction(run) ?? null })),
  }
}

/** Runs one after the other as one with as many workers as took as long. */
function together(runs: readonly RunRecord[]): RunRecord | undefined {
  if (runs.length === 0) return undefined
  const available = runs.reduce((sum, one) => sum + one.workers * (one.finishedAt - one.startedAt), 0)
  const busyMs = runs.reduce((sum, one) => sum + one.busyMs, 0)
  return { startedAt: 0, finishedAt: available, workers: 1, busyMs }
}

function percent(fraction: number): string {
  return `${Math.round(100 * fraction)} %`
}
