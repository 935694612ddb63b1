import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** A folder for the files of a test file, removed after its tests. */
const folder = mkdtempSync(join(tmpdir(), 'tfjs-tuner-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0

/** Writes a file and returns its path. */
export function fileWith(text: string): string {
  const path = join(folder, `${files++}.csv`)
  writeFileSync(path, text)
  return path
}
