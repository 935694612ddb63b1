import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** A folder for the files of a test file, removed after its tests. */
const folder = mkdtempSync(join(tmpdir(), 'tfjs-tuner-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0

/** Writes a file and returns its path. */
export function fileWith(content: string | Uint8Array, ending = '.csv'): string {
  const path = join(folder, `${files++}${ending}`)
  writeFileSync(path, content)
  return path
}

/** Writes a folder of files and returns its path. */
export function folderWith(contents: Readonly<Record<string, Uint8Array>>): string {
  const path = join(folder, `${files++}`)
  mkdirSync(path)
  for (const [name, content] of Object.entries(contents)) writeFileSync(join(path, name), content)
  return path
}
