import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { TunerError } from '../../../core/errors.ts'
import { isAlive, thisProcess } from './process-identity.ts'

const TRIES = 5

/**
 * Keeps two processes from setting up the same thing at once. Throws `setup/busy` while another one does; a lock whose
 * process is gone counts for nothing. Resolves to the function that gives the lock back.
 *
 * Everybody first shows a file of their own, then looks for others: of two, at least one sees the other.
 */
export async function lock(folder: string, name: string): Promise<() => Promise<void>> {
  const own = `lock-${name}-${thisProcess()}`
  const path = join(folder, own)
  await mkdir(folder, { recursive: true })
  for (let attempt = 1; ; attempt++) {
    await writeFile(path, '')
    const other = await holder(folder, `lock-${name}-`, own)
    if (other === undefined) return () => rm(path, { force: true })
    await rm(path, { force: true })
    if (attempt === TRIES) throw busy(name, join(folder, other))
    // Two that began at the same moment both saw the other; they must not meet again.
    await setTimeout((attempt * (process.pid % 97)) % 400)
  }
}

/** The lock file of another process that still runs; those of others are removed. */
async function holder(folder: string, prefix: string, own: string): Promise<string | undefined> {
  for (const file of await readdir(folder)) {
    if (!file.startsWith(prefix) || file === own) continue
    if (isAlive(file.slice(prefix.length))) return file
    await rm(join(folder, file), { force: true })
  }
  return undefined
}

function busy(name: string, path: string): TunerError {
  return new TunerError('setup/busy', `Another process is setting up ${name}.`, {
    hint: `Wait until it has ended; if none runs, on this machine or another one that shares the folder, delete ${path}.`,
  })
}
