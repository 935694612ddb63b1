import type { Database } from 'better-sqlite3'
import type { Params } from '../../core/params.ts'
import type { StudyRecord } from '../../core/study.ts'
import { badEvent } from '../errors.ts'
import type {
  EpochFinished,
  FoldFinished,
  FoldStarted,
  SpaceGrown,
  StudyEvent,
  TrialFinished,
  TrialStarted,
} from '../events.ts'
import { toJsonText } from './json-text.ts'
import { attemptLoser } from './lost-attempts.ts'
import { runTable } from './runs.ts'

/** Writes one event of a study into the tables; throws `storage/bad-event` if it does not fit what is there. */
export type EventWriter = (study: string, event: StudyEvent) => void

/** To be called inside a transaction. */
export function eventWriter(db: Database): EventWriter {
  const startTrial = trialStarter(db)
  const continueTrial = db.prepare(`
    UPDATE trials SET status = 'running', epochs = ?, note = coalesce(?, note), value = NULL, metrics = '{}',
      best_epoch = NULL, cause = NULL, finished_at = NULL
    WHERE study = ? AND trial = ?`)
  const continueFold = db.prepare(`
    UPDATE folds SET status = 'running', best_epoch = NULL, metrics = NULL, engine = NULL, backend = NULL,
      duration_ms = NULL, cause = NULL
    WHERE study = ? AND trial = ? AND fold = ?`)
  const growSpace = spaceGrower(db)
  const startFold = foldStarter(db)
  const finishEpoch = epochFinisher(db)
  const loseAttempt = attemptLoser(db)
  const finishFold = foldFinisher(db)
  const finishTrial = trialFinisher(db)
  const runs = runTable(db)
  const retune = db.prepare('UPDATE studies SET tuner = ? WHERE study = ?')
  const finishStudy = db.prepare('UPDATE studies SET finished_at = ? WHERE study = ?')

  return (study, event) => {
    switch (event.type) {
      case 'trial-started':
        return startTrial(study, event)
      case 'trial-continued': {
        const { changes } = continueTrial.run(event.epochs, orNull(event.note), study, event.trial)
        for (const fold of event.folds) continueFold.run(study, event.trial, fold)
        if (changes === 0) throw badEvent(study, event, 'a trial that was started before')
        return
      }
      case 'space-grown':
        return growSpace(study, event)
      case 'fold-started':
        return startFold(study, event)
      case 'epoch-finished':
        return finishEpoch(study, event)
      case 'attempt-lost':
        return loseAttempt(study, event)
      case 'fold-finished':
        return finishFold(study, event)
      case 'trial-finished':
        return finishTrial(study, event)
      case 'run-finished':
        return runs.add(study, event)
      case 'study-finished':
        finishStudy.run(event.at, study)
        return
      case 'study-reopened':
        finishStudy.run(null, study)
        if (event.tuner !== undefined) retune.run(toJsonText(event.tuner), study)
        return
    }
  }
}

/** Writes a new study; false if there is one of that name. */
export function studyWriter(db: Database): (record: StudyRecord) => boolean {
  const insert = db.prepare(`
    INSERT INTO studies (study, seed, source, space, tuner, objective, settings, environment, created_at, last_used_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`)
  return ({ name, seed, source, space, tuner, objective, settings, environment, createdAt }) => {
    const texts = [source, space, tuner, objective, settings, environment].map(toJsonText)
    return insert.run(name, seed, ...texts, createdAt, createdAt).changes === 1
  }
}

function spaceGrower(db: Database) {
  const update = db.prepare('UPDATE studies SET space = ? WHERE study = ?')
  const exists = db.prepare('SELECT 1 FROM trials WHERE study = ? AND trial = ?')
  const forget = db.prepare('DELETE FROM params WHERE study = ? AND trial = ?')
  const insertParams = paramsWriter(db)
  return (study: string, event: SpaceGrown) => {
    const { trial, space, params } = event
    if (exists.get(study, trial) === undefined) throw badEvent(study, event, 'a trial that was started before')
    update.run(toJsonText(space), study)
    forget.run(study, trial)
    insertParams(study, trial, params)
  }
}

function paramsWriter(db: Database) {
  const insert = db.prepare('INSERT INTO params (study, trial, position, name, value) VALUES (?, ?, ?, ?, ?)')
  return (study: string, trial: number, params: Params) => {
    for (const [position, [name, value]] of Object.entries(params).entries()) {
      insert.run(study, trial, position, name, toJsonText(value))
    }
  }
}

function trialStarter(db: Database) {
  const insertTrial = db.prepare(`
    INSERT INTO trials (study, trial, status, epochs, metrics, note, started_at)
    VALUES (?, ?, 'running', ?, '{}', ?, ?) ON CONFLICT DO NOTHING`)
  const insertParams = paramsWriter(db)
  return (study: string, event: TrialStarted) => {
    const { trial, params, epochs, note, at } = event
    const { changes } = insertTrial.run(study, trial, epochs, orNull(note), at)
    if (changes === 0) throw badEvent(study, event, 'a trial number that is not taken')
    insertParams(study, trial, params)
  }
}

function foldStarter(db: Database) {
  const find = db.prepare<[number, string, number], { epochs: number | null }>(`
    SELECT folds.epochs FROM trials LEFT JOIN folds
      ON folds.study = trials.study AND folds.trial = trials.trial AND fold = ?
    WHERE trials.study = ? AND trials.trial = ?`)
  const forget = db.prepare('DELETE FROM epochs WHERE study = ? AND trial = ? AND fold = ? AND epoch > ?')
  const start = db.prepare(`
    INSERT INTO folds (study, trial, fold, status, epochs, attempts) VALUES (?, ?, ?, 'running', ?, 1)
    ON CONFLICT DO UPDATE SET status = 'running', epochs = excluded.epochs, attempts = attempts + 1, best_epoch = NULL,
      metrics = NULL, engine = NULL, backend = NULL, duration_ms = NULL, cause = NULL`)
  return (study: string, event: FoldStarted) => {
    const { trial, fold, fromEpoch } = event
    const found = find.get(fold, study, trial)
    if (found === undefined) throw badEvent(study, event, 'a trial that was started before')
    const trained = found.epochs ?? 0
    if (fromEpoch > trained) throw badEvent(study, event, `to go on from one of its ${trained} epochs or from 0`)
    forget.run(study, trial, fold, fromEpoch)
    start.run(study, trial, fold, fromEpoch)
  }
}

function epochFinisher(db: Database) {
  const count = db.prepare('UPDATE folds SET epochs = ? WHERE study = ? AND trial = ? AND fold = ? AND epochs = ? - 1')
  const insert = db.prepare('INSERT INTO epochs (study, trial, fold, epoch, metric, value) VALUES (?, ?, ?, ?, ?, ?)')
  return (study: string, event: EpochFinished) => {
    const { trial, fold, epoch, metrics } = event
    const { changes } = count.run(epoch, study, trial, fold, epoch)
    if (changes === 0) throw badEvent(study, event, 'the next epoch of a fold that was started before')
    // SQLite itself turns a bound NaN into NULL.
    for (const [metric, value] of Object.entries(metrics)) insert.run(study, trial, fold, epoch, metric, value)
  }
}

function foldFinisher(db: Database) {
  const update = db.prepare(`
    UPDATE folds SET status = ?, best_epoch = ?, metrics = ?, engine = ?, backend = ?, duration_ms = ?, cause = ?
    WHERE study = ? AND trial = ? AND fold = ?`)
  return (study: string, event: FoldFinished) => {
    const { trial, fold, status, bestEpoch, metrics, engine, backend, durationMs, cause } = event
    const place = [study, trial, fold]
    const result = [status, bestEpoch ?? null, orNull(metrics), engine ?? null, backend ?? null, durationMs]
    const { changes } = update.run(...result, orNull(cause), ...place)
    if (changes === 0) throw badEvent(study, event, 'a fold that was started before')
  }
}

function trialFinisher(db: Database) {
  const update = db.prepare(`
    UPDATE trials SET status = ?, value = ?, metrics = ?, best_epoch = ?, cause = ?, finished_at = ?
    WHERE study = ? AND trial = ?`)
  return (study: string, event: TrialFinished) => {
    const { trial, status, value, metrics, bestEpoch, cause, at } = event
    const shownValue = value === undefined ? null : Number.isNaN(value) ? 'NaN' : value
    const result = [status, shownValue, toJsonText(metrics), bestEpoch ?? null, orNull(cause), at]
    const { changes } = update.run(...result, study, trial)
    if (changes === 0) throw badEvent(study, event, 'a trial that was started before')
  }
}

function orNull(value: unknown): string | null {
  return value === undefined ? null : toJsonText(value)
}
