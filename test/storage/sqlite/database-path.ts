import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A path in a folder of its own, which goes when the test ends. */
export function databasePath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tfjs-tuner-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'studies.db')
}
