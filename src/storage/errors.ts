import { TunerError } from '../core/errors.ts'
import type { StudyEvent } from './events.ts'

export function studyExists(name: string): TunerError {
  return new TunerError('study/changed', `There is a study "${name}" already; a new one needs a name of its own.`, {
    hint: 'Resume it, or name the new study differently.',
  })
}

export function unknownStudy(name: string): TunerError {
  return new TunerError('study/unknown', `There is no study "${name}" in this storage.`, {
    hint: '`tune list` shows the studies of a database; --db names another database.',
  })
}

export function studyBusy(name: string, owner: { readonly pid: number; readonly host: string }): TunerError {
  return new TunerError('study/busy', `Study "${name}" is being run by process ${owner.pid} on ${owner.host}.`, {
    hint: 'Wait until that process ends, or stop it; its finished work is kept.',
  })
}

export function lostLease(name: string): TunerError {
  return new TunerError('storage/lost-lease', `This process no longer has the right to write study "${name}".`, {
    hint: 'It was released or taken over by another process: see `tune list`, and resume the study once it is free.',
  })
}

export function badEvent(study: string, event: StudyEvent, expected: string): TunerError {
  const { type, trial, fold, epoch } = { trial: undefined, fold: undefined, epoch: undefined, ...event }
  const place = Object.entries({ trial, fold, epoch }).filter(([, number]) => number !== undefined)
  const shown = [type, ...place.map(([name, number]) => `${name} ${number}`)].join(', ')
  return new TunerError('storage/bad-event', `Study "${study}" cannot keep "${shown}": expected ${expected}.`, {
    hint: 'Nothing of this append was kept.',
  })
}
