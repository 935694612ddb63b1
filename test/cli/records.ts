import type { StudyRecord, StudySummary } from '../../src/core/study.ts'
import type { MetricSummary, TrialRecord } from '../../src/core/trial.ts'
import { choice, fixed, float } from '../../src/search-space/parameter.ts'
import { Space } from '../../src/search-space/space.ts'
import type { StudyStart } from '../../src/study/run-study.ts'

const space = Space.declare({ dropout: float(0, 0.6), units: choice([16, 32]), layers: fixed(2) })

export function studyRecord(changes: Partial<StudyRecord> = {}): StudyRecord {
  return {
    name: 'boston',
    seed: 0,
    source: { kind: 'module', path: '/home/someone/study.ts' },
    space: space.toJSON() as never,
    tuner: { name: 'randomSearch', options: { trials: 4 } },
    objective: { metric: 'val_loss', direction: 'minimize' },
    settings: { epochs: 10 },
    environment: { node: '20.19.0' },
    createdAt: 0,
    ...changes,
  }
}

export function summaryOf(study: StudyRecord, trials: readonly TrialRecord[]): StudySummary {
  return { study, status: 'complete', trials: trials.length, lastUsedAt: 0 }
}

export function metric(...folds: number[]): MetricSummary {
  const mean = folds.reduce((sum, value) => sum + value, 0) / folds.length
  return { mean, std: 0.5, se: 0.25, folds }
}

/** A complete trial of two folds, each at `value`. */
export function trial(number: number, value: number, changes: Partial<TrialRecord> = {}): TrialRecord {
  return {
    number,
    params: { dropout: 0.25, units: 16, layers: 2 },
    epochs: 10,
    status: 'complete',
    value,
    metrics: { loss: metric(1, 1), val_loss: metric(value, value), val_mae: metric(value / 2, value / 2) },
    bestEpoch: 7,
    folds: [],
    startedAt: 0,
    finishedAt: 1,
    ...changes,
  }
}

export function failedTrial(number: number, message: string): TrialRecord {
  const { value: _, bestEpoch: __, ...rest } = trial(number, 0)
  return { ...rest, status: 'failed', metrics: {}, cause: { code: 'model/threw', message } }
}

export function studyStart(changes: Partial<StudyStart> = {}): StudyStart {
  return { record: studyRecord(), trials: [], workers: 2, folds: 2, brackets: undefined, ...changes }
}
