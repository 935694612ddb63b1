import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { Block } from '../../src/data/dataset.ts'

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

/** The rows of a dense block as lists. */
export function rowsOf(block: Block | undefined): number[][] {
  if (block?.kind !== 'dense') throw new Error('expected a dense block')
  const width = block.shape.reduce((product, extent) => product * extent, 1)
  return Array.from({ length: block.data.length / width }, (_, row) => [
    ...block.data.subarray(row * width, (row + 1) * width),
  ])
}
