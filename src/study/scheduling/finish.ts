import type { Objective } from '../../core/study.ts'
import type { FoldRecord, TrialRecord } from '../../core/trial.ts'
import { bestEpoch, summarizeFolds } from '../../cv/aggregate.ts'
import type { FoldFinished, TrialFinished } from '../../storage/events.ts'
import type { FoldResult } from '../../trial-runner/runner.ts'

/** What is kept of a fold that has ended: it counts with the metrics of its best epoch. */
export function foldFinished(trial: TrialRecord, fold: number, result: FoldResult, objective: Objective): FoldFinished {
  const { status, durationMs } = result
  const event = { type: 'fold-finished', trial: trial.number, fold, status, durationMs } as const
  if (result.status === 'failed') return { ...event, cause: result.cause }
  const curve = trial.folds.find((candidate) => candidate.fold === fold)?.curve ?? []
  const best = bestEpoch(curve, objective.metric, objective.direction)
  const metrics = best === undefined ? undefined : curve[best - 1]
  const { engine, backend } = result
  return {
    ...event,
    engine,
    backend,
    ...(best === undefined || metrics === undefined ? {} : { bestEpoch: best, metrics }),
  }
}

/** What is kept of a trial whose folds have all ended, or one of them for all. Throws `training/unknown-metric`. */
export function trialFinished({ number, folds }: TrialRecord, objective: Objective, at: number): TrialFinished {
  const event = { type: 'trial-finished', trial: number, at } as const
  const ended = decisiveFold(folds)
  if (ended?.status === 'failed' || ended?.status === 'diverged') {
    return { ...event, status: ended.status, metrics: {}, ...(ended.cause === undefined ? {} : { cause: ended.cause }) }
  }
  const summary = summarizeFolds(
    folds.filter(({ metrics }) => metrics !== undefined),
    objective,
  )
  return { ...event, status: ended === undefined ? 'complete' : 'pruned', metrics: {}, ...summary }
}

/** The fold that ended a trial before its time: a failure before a divergence before a pruning, the first by number. */
function decisiveFold(folds: readonly FoldRecord[]): FoldRecord | undefined {
  for (const status of ['failed', 'diverged', 'pruned'] as const) {
    const fold = folds.find((candidate) => candidate.status === status)
    if (fold !== undefined) return fold
  }
  return undefined
}
