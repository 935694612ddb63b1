import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { TunerError } from '../../core/errors.ts'
import { modelFiles } from '../../trial-runner/model-files.ts'
import { readDescription, STUDY_FILE } from './description.ts'

/**
 * Makes sure, before anything is trained, that a model can be written to a folder: a new one, an empty one, one that
 * holds a fitted model, or, with `force`, any. Throws `study/bad-output`.
 */
export async function checkFolder(folder: string, force: boolean): Promise<void> {
  try {
    const found = await stat(folder).catch(() => undefined)
    if (found === undefined) await mkdir(dirname(folder), { recursive: true })
    else if (!found.isDirectory()) throw badOutput(folder, 'is a file, not a folder')
    else if (!force && !(await isReplaceable(folder))) {
      throw new TunerError('study/bad-output', `The folder ${folder} holds something else than a fitted model.`, {
        hint: `Choose another with --out, or replace ${[...modelFiles, STUDY_FILE].join(', ')} in it with --force.`,
      })
    }
    await access(found === undefined ? dirname(folder) : folder, constants.W_OK)
  } catch (error) {
    throw asBadOutput(folder, error)
  }
}

async function isReplaceable(folder: string): Promise<boolean> {
  const names = await readdir(folder)
  return names.length === 0 || (await readDescription(folder)) !== undefined
}

/**
 * Lets `write` fill a new folder and puts that in its place, all or nothing. Of a folder that is there already only the
 * files of a model change; `model.json`, without which nothing loads it, goes first and comes last. Throws
 * `study/bad-output`.
 */
export async function writeFolder(folder: string, write: (folder: string) => Promise<void>): Promise<void> {
  const made = `${folder}.new-${randomUUID().slice(0, 8)}`
  try {
    await mkdir(made)
    await write(made)
    if ((await stat(folder).catch(() => undefined)) === undefined) await rename(made, folder)
    else await moveFiles(made, folder)
  } catch (error) {
    throw asBadOutput(folder, error)
  } finally {
    await rm(made, { recursive: true, force: true })
  }
}

async function moveFiles(from: string, to: string): Promise<void> {
  const [first, ...others] = modelFiles
  await rm(join(to, first), { force: true })
  for (const file of [...others, STUDY_FILE, first]) await rename(join(from, file), join(to, file))
}

function asBadOutput(folder: string, error: unknown): unknown {
  const isSystems = error instanceof Error && 'syscall' in error
  return isSystems ? badOutput(folder, `cannot be written: ${error.message}`, error) : error
}

function badOutput(folder: string, problem: string, cause?: unknown): TunerError {
  return new TunerError('study/bad-output', `${folder} ${problem}.`, { hint: 'Choose another with --out.', cause })
}
