import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { FrameReader, writeFrame } from '../../../src/trial-runner/processes/frames.ts'

function written(values: readonly unknown[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'frames-'))
  try {
    const fd = openSync(join(folder, 'frames'), 'w')
    for (const value of values) writeFrame(fd, value)
    closeSync(fd)
    return readFileSync(join(folder, 'frames'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test.prop(
  [fc.array(fc.anything({ withTypedArray: true, withDate: true }), { maxLength: 5 }), fc.integer({ min: 1, max: 40 })],
  {
    numRuns: 50,
  },
)('frames arrive as they were written, in pieces of any length', (values, length) => {
  const bytes = written(values)
  const read: unknown[] = []
  const reader = new FrameReader((value) => read.push(value))
  for (let at = 0; at < bytes.length; at += length) reader.add(bytes.subarray(at, at + length))
  expect(read).toEqual(values)
})
