import type { Objective } from '../core/study.ts'
import type { TrialRecord } from '../core/trial.ts'

/** The metrics that a person wants to see, the objective first, then what else was measured on validation rows. */
export function shownMetrics(trials: readonly TrialRecord[], { metric }: Objective): string[] {
  const measured = new Set(trials.flatMap(({ metrics }) => Object.keys(metrics)))
  return [metric, ...[...measured].filter((name) => name !== metric && name.startsWith('val_'))]
}
