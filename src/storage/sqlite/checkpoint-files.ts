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

  async function list(): Promise<KeptCheckpoint[]> {
    const names = await readdir(folder).catch(() => [])
    const kept = names.map(async (name): Promise<KeptCheckpoint[]> => {
      const [, trial, fold] = NAME.exec(name) ?? []
      if (trial === undefined) return []
      const { size } = await stat(join(folder, name))
      return [{ trial: Number(trial), fold: Number(fold), bytes: size }]
    })
    return (await Promise.all(kept)).flat()
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
    list,
    async drop(trial) {
      const kept = (await list()).filter((one) => one.trial === trial)
      await Promise.all(kept.map(({ fold }) => rm(fileOf(trial, fold), { force: true })))
    },
    async clear() {
      await rm(folder, { recursive: true, force: true })
    },
  }
}
