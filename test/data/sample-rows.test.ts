import { describe, expect, test } from 'vitest'
import { arrays } from '../../src/data/arrays.ts'
import type { Dataset, SparseBlock } from '../../src/data/dataset.ts'
import { drawnImages } from '../../src/data/generators/drawn-images.ts'
import { sampleRows } from '../../src/data/sample-rows.ts'

const table = arrays({
  inputs: Array.from({ length: 10 }, (_, row) => [row, 10 * row]),
  targets: Array.from({ length: 10 }, (_, row) => -row),
})

function sparse(withValues: boolean): Dataset {
  const shared = <T extends Uint32Array | Uint16Array | Float32Array>(array: T, numbers: readonly number[]): T => {
    array.set(numbers)
    return array
  }
  const memory = (count: number, bytes: number) => new SharedArrayBuffer(count * bytes)
  const block: SparseBlock = {
    kind: 'sparse',
    shape: [5],
    starts: shared(new Uint32Array(memory(5, 4)), [0, 2, 2, 3, 5]),
    columns: shared(new Uint16Array(memory(5, 2)), [0, 4, 1, 2, 3]),
    ...(withValues ? { values: shared(new Float32Array(memory(5, 4)), [1, 2, 3, 4, 5]) } : {}),
  }
  return { ...arrays({ inputs: [[0], [0], [0], [0]], targets: [0, 1, 2, 3] }), inputs: [block] }
}

describe('a sample of rows', () => {
  test('is spread over all of them, inputs and targets together, in shared memory', () => {
    const { rows, inputs, targets } = sampleRows(table, 4)
    expect(rows).toBe(4)
    expect([...(inputs[0] as { data: Float32Array }).data]).toEqual([0, 0, 2, 20, 5, 50, 7, 70])
    expect([...targets[0].data]).toEqual([-0, -2, -5, -7])
    expect(targets[0].data.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  test('keeps bytes, their scale, and what else is known of the data', () => {
    const images = drawnImages({ rows: 40, size: 8 })
    const sample = sampleRows(images, 3)
    expect(sample.inputs[0]).toMatchObject({ shape: [8, 8, 1], scale: 1 / 255 })
    const { data } = sample.inputs[0] as { data: Uint8Array }
    expect(data).toBeInstanceOf(Uint8Array)
    expect([...data.subarray(64, 128)]).toEqual([
      ...(images.inputs[0] as { data: Uint8Array }).data.subarray(13 * 64, 14 * 64),
    ])
    expect(sample.task).toEqual(images.task)
  })

  test.each([true, false])('of a sparse block keeps the entries of its rows (values: %s)', (withValues) => {
    const block = sampleRows(sparse(withValues), 2).inputs[0] as SparseBlock
    expect([...block.starts]).toEqual([0, 2, 3])
    expect([...block.columns]).toEqual([0, 4, 1])
    expect(block.columns).toBeInstanceOf(Uint16Array)
    expect(block.values && [...block.values]).toEqual(withValues ? [1, 2, 3] : undefined)
  })

  test('of no fewer rows than there are is the dataset itself', () => {
    expect(sampleRows(table, 10)).toBe(table)
  })
})
