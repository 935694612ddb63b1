import { type Clock, systemClock } from '../../core/clock.ts'
import { studyExists, unknownStudy } from '../errors.ts'
import type { Lease, Storage } from '../storage.ts'
import { checkpointFiles } from './checkpoint-files.ts'
import { type OpenOptions, openDatabase } from './connection.ts'
import { inOurWords } from './failures.ts'
import { leaseTable } from './lease.ts'
import { runTable } from './runs.ts'
import { studyReader } from './study-reader.ts'
import { trialReader } from './trial-reader.ts'
import { eventWriter, studyWriter } from './writer.ts'

const heartbeatMs = 5000

export interface SqliteOptions extends OpenOptions {
  /** Default: the system's. */
  readonly clock?: Clock
}

/**
 * Studies in a file of SQLite, which is made if it does not exist. Throws `storage/unavailable` if it cannot be read and
 * written, `storage/not-a-database` if it is something else, `storage/newer-version` if a later version of this program
 * made it.
 */
export function sqliteStorage(path: string, options: SqliteOptions = {}): Storage {
  const { clock = systemClock } = options
  const db = openDatabase(path, options)
  const createStudy = studyWriter(db)
  const write = eventWriter(db)
  const readTrials = trialReader(db)
  const runs = runTable(db)
  const studies = studyReader(db, clock)
  const leases = leaseTable(db, clock)
  const held = new Set<() => void>()

  /** Each is of one moment; what reads and then writes must ask for the right to write at its beginning. */
  function reading<T>(read: () => T): T {
    return inWords(() => db.transaction(read).deferred())
  }
  function writing<T>(change: () => T): T {
    return inWords(() => db.transaction(change).immediate())
  }
  function inWords<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw inOurWords(error, path)
    }
  }

  function hold(study: string, token: string): Lease {
    const heartbeat = setInterval(() => {
      try {
        writing(() => leases.confirm(study, token))
      } catch {
        // Taken over or locked: the next append says so to someone who can act on it.
      }
    }, heartbeatMs)
    heartbeat.unref()
    const release = () => {
      clearInterval(heartbeat)
      if (held.delete(release)) writing(() => leases.drop(study, token))
    }
    held.add(release)
    return {
      async append(events) {
        writing(() => {
          leases.confirm(study, token)
          for (const event of events) write(study, event)
        })
      },
      async release() {
        release()
      },
    }
  }

  return {
    async createStudy(study) {
      if (!writing(() => createStudy(study))) throw studyExists(study.name)
    },
    async listStudies() {
      return reading(() => studies.all())
    },
    async readStudy(name) {
      return reading(() => studies.one(name))
    },
    async readTrials(name) {
      return reading(() => {
        if (studies.one(name) === undefined) throw unknownStudy(name)
        return readTrials(name)
      })
    },
    async readRuns(name) {
      return reading(() => {
        if (studies.one(name) === undefined) throw unknownStudy(name)
        return runs.of(name)
      })
    },
    async acquireLease(name) {
      return hold(
        name,
        writing(() => leases.take(name)),
      )
    },
    checkpoints: (name) => checkpointFiles(path, name),
    async close() {
      try {
        for (const release of held) release()
      } finally {
        db.close()
      }
    },
  }
}
