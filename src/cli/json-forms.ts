import { errorRecord } from '../core/errors.ts'
import type { RunRecord, StudySummary } from '../core/study.ts'
import type { FoldRecord, TrialRecord } from '../core/trial.ts'
import { bestTrial, rankTrials } from '../study/ranking.ts'
import { countByStatus } from './counts.ts'
import { utilizationJson } from './utilization.ts'

// What `--json` prints. Numbers that JSON lacks (NaN, infinities) become null.

/** A trial, as `tune best` prints it and `tune trials` a list of them. */
export function toTrialJson(study: string, trial: TrialRecord) {
  const { number, status, value, params, metrics, bestEpoch, cause } = trial
  return {
    study,
    trial: number,
    status,
    value: value ?? null,
    params,
    metrics,
    bestEpoch: bestEpoch ?? null,
    ...(cause === undefined ? {} : { cause: { code: cause.code ?? null, message: cause.message } }),
  }
}

/** `tune trials`: the best first, failed and pruned ones last. */
export function toTrialsJson({ study }: StudySummary, trials: readonly TrialRecord[]) {
  return rankTrials(trials, study.objective.direction).map((trial) => toTrialJson(study.name, trial))
}

/** One line of `tune list`. */
export function toStudyJson({ study, status, trials, value }: StudySummary) {
  return { study: study.name, status, trials, value: value ?? null }
}

/** `tune show`. */
export function toShowJson(summary: StudySummary, trials: readonly TrialRecord[], runs: readonly RunRecord[]) {
  const { study, status } = summary
  const best = bestTrial(trials, study.objective.direction)
  return {
    study: study.name,
    status,
    space: study.space,
    tuner: study.tuner,
    seed: study.seed,
    objective: study.objective,
    settings: study.settings,
    source: study.source,
    counts: countByStatus(trials),
    engines: trials.map(({ number, folds }) => {
      const ran = folds.find(({ engine }) => engine !== undefined)
      return { trial: number, engine: ran?.engine ?? null, backend: ran?.backend ?? null }
    }),
    durations: {
      trainingMs: trials.reduce((sum, trial) => sum + trainingMs(trial), 0),
      trials: trials.map((trial) => ({ trial: trial.number, trainingMs: trainingMs(trial) })),
    },
    utilization: utilizationJson(runs),
    failures: trials.filter(hasFaults).map(toFaultsJson),
    environment: study.environment,
    best: best === undefined ? null : toTrialJson(study.name, best),
  }
}

/** `tune show --trial`: all there is. */
export function toWholeTrialJson(study: string, trial: TrialRecord) {
  const { epochs, startedAt, finishedAt, folds } = trial
  const { cause } = toFaultsJson(trial)
  return { ...toTrialJson(study, trial), epochs, startedAt, finishedAt: finishedAt ?? null, folds, cause }
}

function hasFaults({ status, folds }: TrialRecord): boolean {
  return status === 'failed' || status === 'diverged' || folds.some(({ lost }) => lost !== undefined)
}

/** What went wrong in a trial: its cause in full, and attempts that were made good or not. */
function toFaultsJson({ number, status, cause, folds }: TrialRecord) {
  const attempts = folds.map(({ fold, attempts: count, lost = [] }: FoldRecord) => ({ fold, attempts: count, lost }))
  return {
    trial: number,
    status,
    cause: cause === undefined ? null : { ...cause, code: cause.code ?? null },
    folds: attempts.filter(({ lost }) => lost.length > 0),
  }
}

/** How long the folds of a trial have trained, together. */
export function trainingMs({ folds }: TrialRecord): number {
  return folds.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0)
}

export function toErrorJson(error: unknown) {
  const { code, message, hint } = errorRecord(error)
  return { error: { code: code ?? 'unexpected', message, hint: hint ?? null } }
}
