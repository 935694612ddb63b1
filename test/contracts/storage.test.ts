import { describe, expect, test } from 'vitest'
import type { Clock } from '../../src/core/clock.ts'
import type { FoldRecord, TrialRecord } from '../../src/core/trial.ts'
import type { StudyEvent } from '../../src/storage/events.ts'
import { memoryStorage } from '../../src/storage/memory.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { checkStorageRule, type StorageFactory, type StorageRule, storageRules } from './storage.ts'

/** For each rule a storage that breaks it. */
const doubles: Record<StorageRule, StorageFactory> = {
  'gives a study back as it was created': broken((good) => ({
    createStudy: (study) => good.createStudy(JSON.parse(JSON.stringify(study))),
  })),
  'refuses a second study of a name': broken((good) => ({
    createStudy: (study) => good.createStudy(study).catch(() => undefined),
  })),
  'says which study it does not know': broken((good) => ({
    readTrials: (name) => good.readTrials(name).catch(() => []),
  })),
  'lists the last used study first': broken((good) => ({
    listStudies: async () => (await good.listStudies()).sort((a, b) => a.study.createdAt - b.study.createdAt),
  })),
  'reads trials in number order': broken((good) => ({
    readTrials: async (name) => (await good.readTrials(name)).sort(byText((trial) => trial.number)),
  })),
  'reads folds in order and curves from the first epoch on': readingFolds((folds) =>
    [...folds].sort(byText((fold) => fold.fold)),
  ),
  'keeps every number bit for bit': broken((good) => ({
    readTrials: async (name) => JSON.parse(JSON.stringify(await good.readTrials(name))),
  })),
  'gives back all of a record': readingTrials(({ cause, ...trial }) => trial),
  'leaves out what there is not': readingTrials((trial) => ({ finishedAt: undefined, ...trial }) as TrialRecord),
  'keeps an epoch that has no metrics': readingFolds((folds) =>
    folds.map((fold) => ({ ...fold, curve: fold.curve.filter((metrics) => Object.keys(metrics).length > 0) })),
  ),
  'forgets what comes after the epoch from which a fold starts again, and nothing else': appending((events) =>
    events.map((event) =>
      event.type === 'fold-started' ? { ...event, fromEpoch: Math.max(0, event.fromEpoch - 1) } : event,
    ),
  ),
  'keeps the causes of lost attempts, through later ones and continuations': readingFolds((folds) =>
    folds.map((fold) => ({ ...fold, ...(fold.lost === undefined ? {} : { lost: fold.lost.slice(-1) }) })),
  ),
  'keeps how busy the workers of each run were': broken((good) => ({
    readRuns: async (name) => (await good.readRuns(name)).slice(-1),
  })),
  'continues a trial: its curves stay, its result goes, the folds named run again': appending((events) =>
    events.flatMap((event): StudyEvent[] =>
      event.type === 'trial-continued' ? [event, { ...event, type: 'fold-started', fold: 0, fromEpoch: 0 }] : [event],
    ),
  ),
  'refuses an event that does not fit': appendingWith((append) => (events) => append(events).catch(() => undefined)),
  'keeps all events of an append or none': appendingWith((append) => async (events) => {
    for (const event of events) await append([event])
  }),
  'keeps studies apart': (clock) => oneForAll(memoryStorage({ clock })),
  'shows the best value of the complete trials': appending((events) =>
    events.map((event) => (event.type === 'trial-finished' ? { ...event, status: 'complete' } : event)),
  ),
  'says whether a study runs, was interrupted or is complete': appending((events) =>
    events.filter((event) => event.type !== 'study-reopened'),
  ),
  'takes another tuner when a study is reopened, and keeps its own otherwise': appending((events) =>
    events.map((event) => (event.type === 'study-reopened' ? { type: event.type, at: event.at } : event)),
  ),
  'keeps the last checkpoint of each fold, study by study': broken((good) => ({
    checkpoints: () => good.checkpoints('study'),
  })),
  'forgets checkpoints of several trials at once': broken((good) => ({
    checkpoints: (name) => ({ ...good.checkpoints(name), drop: async () => {} }),
  })),
  'lets one write at a time': broken((good) => {
    const leases = new Map<string, ReturnType<Storage['acquireLease']>>()
    return {
      acquireLease(name) {
        const lease = leases.get(name) ?? good.acquireLease(name)
        leases.set(name, lease)
        return lease
      },
    }
  }),
  'writes nothing for a lease that was given back': broken((good) => ({
    async acquireLease(name) {
      const lease = await good.acquireLease(name)
      return { append: (events) => lease.append(events), release: async () => undefined }
    },
  })),
  'gives records that do not change afterwards': broken((good) => {
    const given: TrialRecord[] = []
    return {
      async readTrials(name) {
        const trials = await good.readTrials(name)
        return Object.assign(
          given,
          trials.map((trial, i) => Object.assign(given[i] ?? {}, trial)),
        )
      },
    }
  }),
}

describe('the contract of a storage notices one that breaks the rule:', () => {
  test.each(storageRules)('%s', async (rule) => {
    await expect(checkStorageRule(rule, doubles[rule])).rejects.toThrow(/expected|rejected|resolved/)
  })
})

function broken(change: (good: Storage) => Partial<Storage>): StorageFactory {
  return (clock: Clock) => {
    const good = memoryStorage({ clock })
    return { ...good, ...change(good) }
  }
}

function readingTrials(change: (trial: TrialRecord) => TrialRecord): StorageFactory {
  return broken((good) => ({ readTrials: async (name) => (await good.readTrials(name)).map(change) }))
}

function readingFolds(change: (folds: readonly FoldRecord[]) => readonly FoldRecord[]): StorageFactory {
  return readingTrials((trial) => ({ ...trial, folds: change(trial.folds) }))
}

type Append = (events: readonly StudyEvent[]) => Promise<void>

function appendingWith(change: (append: Append) => Append): StorageFactory {
  return broken((good) => ({
    async acquireLease(name) {
      const lease = await good.acquireLease(name)
      return { append: change((events) => lease.append(events)), release: () => lease.release() }
    },
  }))
}

function appending(change: (events: readonly StudyEvent[]) => readonly StudyEvent[]): StorageFactory {
  return appendingWith((append) => (events) => append(change(events)))
}

/** Puts the trials of all studies into the one that was created last. */
function oneForAll(good: Storage): Storage {
  let last = ''
  return {
    ...good,
    async createStudy(study) {
      await good.createStudy(study)
      last = study.name
    },
    readTrials: () => good.readTrials(last),
  }
}

function byText<T>(of: (item: T) => number): (a: T, b: T) => number {
  return (a, b) => String(of(a)).localeCompare(String(of(b)))
}
