import { randomUUID } from 'node:crypto'
import { constants, type Stats } from 'node:fs'
import { access, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { TunerError } from '../../core/errors.ts'
import { modelFiles } from '../../trial-runner/model-files.ts'
import { readDescription, STUDY_FILE } from './description.ts'

/**
 * Makes sure, before anything is trained, that a model can be written to a folder: a new one, an empty one, one that
 * holds a fitted model, or, with `force`, any. Changes nothing. Throws `study/bad-output`.
 */
export async function checkFolder(folder: string, force: boolean): Promise<void> {
  const existing = await nearestExisting(folder)
  if (!(await entryOf(existing))?.isDirectory()) throw badOutput(existing, 'is a file, not a folder')
  if (existing === folder && !force && !(await isReplaceable(folder))) {
    throw new TunerError('study/bad-output', `The folder ${folder} holds something else than a fitted model.`, {
      hint: `Choose another with --out, or replace ${[...modelFiles, STUDY_FILE].join(', ')} in it with --force.`,
    })
  }
  await access(existing, constants.W_OK).catch((error: unknown) => {
    throw asBadOutput(existing, error)
  })
}

async function nearestExisting(path: string): Promise<string> {
  return (await entryOf(path)) === undefined && dirname(path) !== path ? nearestExisting(dirname(path)) : path
}

function entryOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined)
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
    await mkdir(made, { recursive: true })
    await write(made)
    if ((await entryOf(folder)) === undefined) await rename(made, folder)
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

function asBadOutput(path: string, error: unknown): unknown {
  const isSystems = error instanceof Error && 'syscall' in error
  return isSystems ? badOutput(path, `cannot be written: ${error.message}`, error) : error
}

function badOutput(path: string, problem: string, cause?: unknown): TunerError {
  return new TunerError('study/bad-output', `${path} ${problem}.`, { hint: 'Choose another folder with --out.', cause })
}
