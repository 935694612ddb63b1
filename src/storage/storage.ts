import type { RunRecord, StudyRecord, StudySummary } from '../core/study.ts'
import type { TrialRecord } from '../core/trial.ts'
import type { CheckpointStore } from './checkpoints.ts'
import type { StudyEvent } from './events.ts'

/**
 * Where studies are kept: an append-only stream of events for each, read back as records. One process writes a study
 * at a time (it holds the lease), any number read.
 */
export interface Storage {
  /** Keeps a new study; throws `study/changed` if one of that name exists. */
  createStudy(study: StudyRecord): Promise<void>
  /** All studies, the last used first: when an event was kept or the lease was held last. */
  listStudies(): Promise<StudySummary[]>
  /** Undefined if there is none of that name. */
  readStudy(name: string): Promise<StudySummary | undefined>
  /** All trials in number order, with folds and curves. Throws `study/unknown`. */
  readTrials(name: string): Promise<TrialRecord[]>
  /** The runs that have ended, in order; one that was killed has left none. Throws `study/unknown`. */
  readRuns(name: string): Promise<RunRecord[]>
  /** The right to write a study. Throws `study/unknown`, or `study/busy` while a living process has it, naming that. */
  acquireLease(name: string): Promise<Lease>
  /** Where the states of a study's unfinished folds are kept. */
  checkpoints(name: string): CheckpointStore
  /** Gives back the leases it still has. */
  close(): Promise<void>
}

/** The right to write one study, kept alive until released or the process ends. */
export interface Lease {
  /**
   * Keeps events, all or none: when the promise resolves, killing the process loses none of them. Throws
   * `storage/lost-lease` if another process has taken over, `storage/bad-event` if an event does not fit those before:
   * a trial or fold that was not started, a trial number that is taken, an epoch that is not the next one.
   */
  append(events: readonly StudyEvent[]): Promise<void>
  release(): Promise<void>
}
