import { expect, test } from 'vitest'
import type { DenseBlock, SparseBlock } from '../../src/data/dataset.ts'
import { gatherRows, oneHot } from '../../src/training/gather.ts'

function floats(...values: number[]): Float32Array<SharedArrayBuffer> {
  const array = new Float32Array(new SharedArrayBuffer(4 * values.length))
  array.set(values)
  return array
}

function bytes(...values: number[]): Uint8Array<SharedArrayBuffer> {
  const array = new Uint8Array(new SharedArrayBuffer(values.length))
  array.set(values)
  return array
}

function indices(...values: number[]): Uint32Array<SharedArrayBuffer> {
  const array = new Uint32Array(new SharedArrayBuffer(4 * values.length))
  array.set(values)
  return array
}

test('gathers rows in order', () => {
  const block: DenseBlock = { kind: 'dense', data: floats(1, 2, 3, 4, 5, 6), shape: [2] }
  const out = new Float32Array(4)
  gatherRows(block, Int32Array.of(2, 0, 1), 1, 3, out)
  expect([...out]).toEqual([1, 2, 3, 4])
})

test('scales bytes', () => {
  const block: DenseBlock = { kind: 'dense', data: bytes(0, 255, 51, 102), shape: [2], scale: 1 / 255 }
  const out = new Float32Array(4)
  gatherRows(block, Int32Array.of(1, 0), 0, 2, out)
  expect([...out]).toEqual([Math.fround(0.2), Math.fround(0.4), 0, 1])
})

test('spreads sparse rows over what was there before', () => {
  const block: SparseBlock = {
    kind: 'sparse',
    starts: indices(0, 2, 2, 3),
    columns: indices(0, 3, 1),
    values: floats(7, 8, 9),
    shape: [4],
  }
  const out = new Float32Array(12).fill(5)
  gatherRows(block, Int32Array.of(2, 1, 0), 0, 3, out)
  expect([...out]).toEqual([0, 9, 0, 0, 0, 0, 0, 0, 7, 0, 0, 8])
  const { values: _, ...ones } = block
  gatherRows(ones, Int32Array.of(0), 0, 1, out)
  expect([...out.subarray(0, 4)]).toEqual([1, 0, 0, 1])
})

test('spreads labels over classes', () => {
  expect([...oneHot(Float32Array.of(2, 0), 3)]).toEqual([0, 0, 1, 1, 0, 0])
})
