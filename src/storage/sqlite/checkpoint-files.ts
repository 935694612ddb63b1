import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { Checkpoint } from '../../core/checkpoint.ts'
import type { CheckpointStore } from '../checkpoints.ts'

/**
 * Checkpoints as files of a folder beside the database, a file a fold. A file is written under another name and renamed,
 * so that a reader finds a whole one or none.
 */
export function checkpointFiles(database: string, study: string): CheckpointStore {
  const folder = join(`${database}-checkpoints`, encodeURIComponent(study))
  const fileOf = (trial: number, fold: number) => join(folder, `trial-${trial}-fold-${fold}.checkpoint`)
  return {
    async save(trial, fold, checkpoint) {
      await mkdir(folder, { recursive: true })
      const file = fileOf(trial, fold)
      await writeFile(`${file}.new`, serialize(checkpoint))
      await rename(`${file}.new`, file)
    },
    async load(trial, fold) {
      try {
        return deserialize(await readFile(fileOf(trial, fold))) as Checkpoint
      } catch {
        return undefined
      }
    },
    async clear() {
      await rm(folder, { recursive: true, force: true })
    },
  }
}
