import { createHash } from 'node:crypto'
import type { Json } from '../../core/json.ts'
import type { Block, Dataset } from '../../data/dataset.ts'

/** Rows, shapes and a digest of every number: kept with a study, so that it is never gone on with on other data. */
export function describeData(dataset: Dataset): { readonly [key: string]: Json } {
  const { rows, inputs, targets, task } = dataset
  const digest = createHash('sha256')
  for (const block of [...inputs, ...targets]) for (const part of partsOf(block)) digest.update(bytesOf(part))
  return {
    rows,
    inputs: inputs.map(({ shape }) => [...shape]),
    targets: targets.map(({ shape }) => [...shape]),
    task: task.kind,
    ...(task.kind === 'classification' ? { classes: [...task.classes] } : {}),
    digest: digest.digest('hex').slice(0, 16),
  }
}

function partsOf(block: Block): ArrayBufferView[] {
  if (block.kind === 'dense') return [block.data]
  return [block.starts, block.columns, ...(block.values === undefined ? [] : [block.values])]
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
