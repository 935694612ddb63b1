import type { FoldRecord, Metrics, TrialRecord } from '../core/trial.ts'
import { badEvent } from './errors.ts'
import type { AttemptLost, EpochFinished, FoldFinished, FoldStarted, StudyEvent, TrialFinished } from './events.ts'

/**
 * The trials that events change, as fresh records by number: what is given stays as it is. Throws `storage/bad-event`
 * at an event that does not fit what came before it.
 */
export function applyEvents(
  study: string,
  trials: ReadonlyMap<number, TrialRecord>,
  events: readonly StudyEvent[],
): Map<number, TrialRecord> {
  const changed = new Map<number, TrialRecord>()
  // Curves that this call made and may therefore still grow, so that many epochs at once do not copy them each time.
  const growing = new Set<readonly Metrics[]>()
  for (const event of events) {
    if (!('trial' in event)) continue
    const trial = changed.get(event.trial) ?? trials.get(event.trial)
    changed.set(event.trial, applyToTrial(study, trial, event, growing))
  }
  return changed
}

type TrialEvent = Extract<StudyEvent, { trial: number }>

function applyToTrial(
  study: string,
  trial: TrialRecord | undefined,
  event: TrialEvent,
  growing: Set<readonly Metrics[]>,
): TrialRecord {
  if (event.type === 'trial-started') {
    if (trial !== undefined) throw badEvent(study, event, 'a trial number that is not taken')
    const { type, trial: number, at: startedAt, ...asked } = event
    return { number, ...asked, status: 'running', metrics: {}, folds: [], startedAt }
  }
  if (trial === undefined) throw badEvent(study, event, 'a trial that was started before')
  const { number, params, folds, startedAt, note } = trial
  switch (event.type) {
    case 'space-grown':
      return { ...trial, params: event.params }
    case 'trial-continued': {
      const noted = event.note === undefined ? note : event.note
      const asked = { epochs: event.epochs, ...(noted === undefined ? {} : { note: noted }) }
      const goingOn = folds.map((record) => (event.folds.includes(record.fold) ? runAgain(record) : record))
      return { number, params, ...asked, status: 'running', metrics: {}, folds: goingOn, startedAt }
    }
    case 'trial-finished':
      return finishTrial(trial, event)
    case 'fold-started':
      return withFold(trial, startFold(study, foldOf(trial, event.fold), event))
    case 'epoch-finished':
      return withFold(trial, finishEpoch(study, foldOf(trial, event.fold), event, growing))
    case 'attempt-lost':
      return withFold(trial, loseAttempt(study, foldOf(trial, event.fold), event))
    case 'fold-finished': {
      const fold = foldOf(trial, event.fold)
      if (fold === undefined) throw badEvent(study, event, 'a fold that was started before')
      return withFold(trial, finishFold(fold, event))
    }
  }
}

function finishTrial({ number, params, epochs, folds, note, startedAt }: TrialRecord, event: TrialFinished) {
  const { type, trial, at: finishedAt, ...result } = event
  return { number, params, epochs, ...(note === undefined ? {} : { note }), ...result, folds, startedAt, finishedAt }
}

function runAgain({ fold, curve, attempts, lost }: FoldRecord): FoldRecord {
  return { fold, status: 'running', curve, attempts, ...(lost === undefined ? {} : { lost }) }
}

function startFold(study: string, before: FoldRecord | undefined, event: FoldStarted): FoldRecord {
  const { fold, fromEpoch } = event
  const { curve, attempts, lost } = before ?? { curve: [], attempts: 0 }
  if (fromEpoch > curve.length) {
    throw badEvent(study, event, `to go on from one of its ${curve.length} epochs or from 0`)
  }
  const again = { curve: curve.slice(0, fromEpoch), attempts: attempts + 1 }
  return { fold, status: 'running', ...again, ...(lost === undefined ? {} : { lost }) }
}

function finishEpoch(
  study: string,
  fold: FoldRecord | undefined,
  event: EpochFinished,
  growing: Set<readonly Metrics[]>,
): FoldRecord {
  if (fold === undefined || event.epoch !== fold.curve.length + 1) {
    throw badEvent(study, event, 'the next epoch of a fold that was started before')
  }
  if (growing.has(fold.curve)) {
    ;(fold.curve as Metrics[]).push(event.metrics)
    return fold
  }
  // Of just this length: it may be the last epoch, and an array that grows, as one does with a spread, keeps room for more.
  const curve = fold.curve.concat(event.metrics)
  growing.add(curve)
  return { ...fold, curve }
}

function loseAttempt(study: string, fold: FoldRecord | undefined, event: AttemptLost): FoldRecord {
  if (fold?.status !== 'running') throw badEvent(study, event, 'a fold that is running')
  const { durationMs, cause } = event
  return { ...fold, lost: [...(fold.lost ?? []), { attempt: fold.attempts, durationMs, cause }] }
}

// Records live as long as their study: where a spread comes first and names follow, V8 gives each object a shape of its own.
function finishFold({ curve, attempts, lost }: FoldRecord, event: FoldFinished): FoldRecord {
  const { type, trial, fold, ...result } = event
  return { fold, curve, attempts, ...result, ...(lost === undefined ? {} : { lost }) }
}

function foldOf(trial: TrialRecord, fold: number): FoldRecord | undefined {
  return trial.folds.find((record) => record.fold === fold)
}

function withFold(trial: TrialRecord, fold: FoldRecord): TrialRecord {
  const others = trial.folds.filter((record) => record.fold !== fold.fold)
  return { ...trial, folds: [...others, fold].sort((a, b) => a.fold - b.fold) }
}
