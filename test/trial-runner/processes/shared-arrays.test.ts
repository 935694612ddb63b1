import { expect, test } from 'vitest'
import { blobs } from '../../../src/data/generators/blobs.ts'
import { putBack, takeOut } from '../../../src/trial-runner/processes/shared-arrays.ts'

function crossed(value: unknown): unknown {
  const { plain, arrays } = takeOut(value)
  const queue = structuredClone(arrays.map((array) => Uint8Array.from(array)))
  return putBack(structuredClone(plain), (memory) => memory.set(queue.shift() ?? []))
}

test('data in shared memory crosses a process as it was, and is shared memory there', () => {
  const dataset = blobs({ rows: 30, columns: 4, classes: 3, seed: 5 })
  const there = crossed({ seed: 1, dataset }) as { dataset: typeof dataset }
  expect(there).toEqual({ seed: 1, dataset })
  const { inputs } = there.dataset
  expect(inputs[0].kind === 'dense' && inputs[0].data.buffer).toBeInstanceOf(SharedArrayBuffer)
})

test('parts of one block, bytes and counts among them', () => {
  const memory = new SharedArrayBuffer(64)
  new Uint8Array(memory).forEach((_, i, all) => {
    all[i] = i
  })
  const value = {
    bytes: new Uint8Array(memory, 3, 5),
    columns: new Uint16Array(memory, 4, 2),
    starts: new Uint32Array(memory, 8, 3),
    none: new Float32Array(new SharedArrayBuffer(0)),
    own: Float32Array.of(1, 2),
    names: ['a', null, { b: undefined }],
  }
  expect(crossed(value)).toEqual(value)
})
