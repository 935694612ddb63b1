import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { Checkpoint } from '../../core/checkpoint.ts'
import type { CheckpointStore, KeptCheckpoint } from '../checkpoints.ts'

const NAME = /^trial-(\d+)-fold-(\d+)\.checkpoint$/

/**
 * Checkpoints as files of a folder beside the database, a file a fold. A file is written under another name and renamed,
 * so that a reader finds a whole one or none.
 */
export function checkpointFiles(database: string, study: string): CheckpointStore {
  const folder = join(`${database}-checkpoints`, encodeURIComponent(study))
  const fileOf = (trial: number, fold: number) => join(folder, `trial-${trial}-fold-${fold}.checkpoint`)

  /** Those of one trial, or all. */
  async function names(of?: number): Promise<{ name: string; trial: number; fold: number }[]> {
    const found = await readdir(folder).catch(() => [])
    return found.flatMap((name) => {
      const [trial, fold] = (NAME.exec(name) ?? []).slice(1).map(Number)
      return trial === undefined || fold === undefined || (of ?? trial) !== trial ? [] : [{ name, trial, fold }]
    })
  }

  return {
    async save(trial, fold, checkpoint) {
      await mkdir(folder, { recursive: true })
      const file = fileOf(trial, fold)
      const bytes = serialize(checkpoint)
      await writeFile(`${file}.new`, bytes)
      await rename(`${file}.new`, file)
      return bytes.length
    },
    async load(trial, fold) {
      try {
        return deserialize(await readFile(fileOf(trial, fold))) as Checkpoint
      } catch {
        return undefined
      }
    },
    async list() {
      const kept = (await names()).map(async ({ name, ...of }): Promise<KeptCheckpoint[]> => {
        // One may be deleted meanwhile.
        const file = await stat(join(folder, name)).catch(() => undefined)
        return file === undefined ? [] : [{ ...of, bytes: file.size }]
      })
      return (await Promise.all(kept)).flat()
    },
    async drop(trial) {
      await Promise.all((await names(trial)).map(({ name }) => rm(join(folder, name), { force: true })))
    },
    async clear() {
      await rm(folder, { recursive: true, force: true })
    },
  }
}
