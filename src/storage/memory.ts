import { hostname } from 'node:os'
import { type Clock, systemClock } from '../core/clock.ts'
import type { RunRecord, StudyRecord, StudySummary } from '../core/study.ts'
import type { TrialRecord } from '../core/trial.ts'
import { applyEvents } from './apply-events.ts'
import { type CheckpointStore, memoryCheckpoints } from './checkpoints.ts'
import { lostLease, studyBusy, studyExists, unknownStudy } from './errors.ts'
import type { StudyEvent } from './events.ts'
import type { Lease, Storage } from './storage.ts'

interface KeptStudy {
  study: StudyRecord
  readonly trials: Map<number, TrialRecord>
  readonly runs: RunRecord[]
  isFinished: boolean
  lastUsedAt: number
  holder: Lease | undefined
  readonly checkpoints: CheckpointStore
}

/** Studies that live as long as the storage: for trying things out, and for searches that need no record. */
export function memoryStorage({ clock = systemClock }: { readonly clock?: Clock } = {}): Storage {
  const studies = new Map<string, KeptStudy>()

  function find(name: string): KeptStudy {
    const kept = studies.get(name)
    if (kept === undefined) throw unknownStudy(name)
    return kept
  }

  return {
    async createStudy(study) {
      if (studies.has(study.name)) throw studyExists(study.name)
      const kept = {
        trials: new Map(),
        runs: [],
        isFinished: false,
        lastUsedAt: study.createdAt,
        holder: undefined,
        checkpoints: memoryCheckpoints(),
      }
      studies.set(study.name, { study: structuredClone(study), ...kept })
    },
    async listStudies() {
      const newestFirst = [...studies.values()].reverse()
      return newestFirst.sort((a, b) => b.lastUsedAt - a.lastUsedAt).map(summary)
    },
    async readStudy(name) {
      const kept = studies.get(name)
      return kept === undefined ? undefined : summary(kept)
    },
    async readTrials(name) {
      return [...find(name).trials.values()].sort((a, b) => a.number - b.number)
    },
    async readRuns(name) {
      return [...find(name).runs]
    },
    async acquireLease(name) {
      const kept = find(name)
      if (kept.holder !== undefined) throw studyBusy(name, { pid: process.pid, host: hostname() })
      const lease = leaseOf(kept, clock)
      kept.holder = lease
      kept.lastUsedAt = clock.now()
      return lease
    },
    checkpoints(name) {
      return find(name).checkpoints
    },
    async close() {
      studies.clear()
    },
  }
}

function leaseOf(kept: KeptStudy, clock: Clock): Lease {
  const lease: Lease = {
    async append(events) {
      if (kept.holder !== lease) throw lostLease(kept.study.name)
      const changed = applyEvents(kept.study.name, kept.trials, structuredClone(events))
      for (const [number, trial] of changed) kept.trials.set(number, trial)
      kept.runs.push(...events.flatMap(runOf))
      kept.isFinished = events.reduce(isFinishedAfter, kept.isFinished)
      kept.study = events.reduce(studyAfter, kept.study)
      kept.lastUsedAt = clock.now()
    },
    async release() {
      if (kept.holder === lease) kept.holder = undefined
    },
  }
  return lease
}

function runOf(event: StudyEvent): RunRecord | [] {
  if (event.type !== 'run-finished') return []
  const { type, ...run } = event
  return run
}

function isFinishedAfter(before: boolean, event: StudyEvent): boolean {
  if (event.type === 'study-finished') return true
  return event.type === 'study-reopened' ? false : before
}

function studyAfter(before: StudyRecord, event: StudyEvent): StudyRecord {
  if (event.type === 'space-grown') return { ...before, space: event.space }
  const tuner = event.type === 'study-reopened' ? event.tuner : undefined
  return tuner === undefined ? before : { ...before, tuner }
}

function summary({ study, trials, isFinished, lastUsedAt, holder }: KeptStudy): StudySummary {
  const value = bestValue(study, trials.values())
  return {
    study,
    status: holder !== undefined ? 'running' : isFinished ? 'complete' : 'interrupted',
    trials: trials.size,
    ...(value === undefined ? {} : { value }),
    lastUsedAt,
  }
}

function bestValue(study: StudyRecord, trials: Iterable<TrialRecord>): number | undefined {
  const sign = study.objective.direction === 'minimize' ? 1 : -1
  let best: number | undefined
  for (const { status, value } of trials) {
    if (status !== 'complete' || value === undefined || Number.isNaN(value)) continue
    if (best === undefined || sign * value < sign * best) best = value
  }
  return best
}
