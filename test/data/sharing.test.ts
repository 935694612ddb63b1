import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import type { Block, Dataset, SparseBlock } from '../../src/data/dataset.ts'
import { sharedFloats } from '../../src/data/dataset.ts'

const sparse: SparseBlock = {
  kind: 'sparse',
  starts: new Uint32Array(new SharedArrayBuffer(12)),
  columns: new Uint16Array(new SharedArrayBuffer(4)),
  values: sharedFloats(2),
  shape: [5],
}

const dataset: Dataset = {
  rows: 2,
  inputs: [
    { kind: 'dense', data: sharedFloats(6), shape: [3] },
    { kind: 'dense', data: new Uint8Array(new SharedArrayBuffer(8)), shape: [2, 2, 1], scale: 1 / 255 },
    sparse,
  ],
  targets: [{ kind: 'dense', data: sharedFloats(2), shape: [1] }],
  task: { kind: 'classification', classes: ['a', 'b'] },
  columns: ['x', 'y', 'z'],
}

/** Adds 1 to the last number of every array of the dataset it is sent, and sends the dataset back. */
const worker = `
  const { parentPort } = require('node:worker_threads')
  parentPort.once('message', (dataset) => {
    for (const block of [...dataset.inputs, ...dataset.targets])
      for (const array of Object.values(block)) if (ArrayBuffer.isView(array)) array[array.length - 1] += 1
    parentPort.postMessage(dataset)
  })`

type Numbers = Float32Array | Uint8Array | Uint16Array | Uint32Array

const arraysOf = (block: Block): readonly Numbers[] =>
  block.kind === 'dense' ? [block.data] : [block.starts, block.columns, ...(block.values ? [block.values] : [])]

test('a dataset reaches a worker whole, and the memory is the same, not a copy', async () => {
  const thread = new Worker(worker, { eval: true })
  try {
    thread.postMessage(dataset)
    const [back] = await once(thread, 'message')
    expect(back).toEqual(dataset)
  } finally {
    await thread.terminate()
  }
  const arrays = [...dataset.inputs, ...dataset.targets].flatMap(arraysOf)
  expect(arrays).toHaveLength(6)
  expect(arrays.map((array) => array[array.length - 1])).toEqual([1, 1, 1, 1, 1, 1])
})
