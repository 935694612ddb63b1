import type { Block } from '../../src/data/dataset.ts'

/** The rows of a dense block as lists. */
export function rowsOf(block: Block | undefined): number[][] {
  if (block?.kind !== 'dense') throw new Error('expected a dense block')
  const width = block.shape.reduce((product, extent) => product * extent, 1)
  return Array.from({ length: block.data.length / width }, (_, row) => [
    ...block.data.subarray(row * width, (row + 1) * width),
  ])
}
