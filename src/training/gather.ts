import { type Block, sizeOf } from '../data/dataset.ts'

/** Writes rows `order[from]` .. `order[to - 1]` of a block one after the other into `out`, as floats. */
export function gatherRows(block: Block, order: Int32Array, from: number, to: number, out: Float32Array): void {
  const size = sizeOf(block.shape)
  if (block.kind === 'sparse') {
    out.fill(0, 0, (to - from) * size)
    for (let i = from; i < to; i++) {
      const row = order[i] as number
      const base = (i - from) * size
      const end = block.starts[row + 1] as number
      for (let entry = block.starts[row] as number; entry < end; entry++) {
        out[base + (block.columns[entry] as number)] = block.values?.[entry] ?? 1
      }
    }
    return
  }
  const { data, scale = 1 } = block
  for (let i = from; i < to; i++) {
    const start = (order[i] as number) * size
    const base = (i - from) * size
    if (scale === 1) out.set(data.subarray(start, start + size), base)
    else for (let j = 0; j < size; j++) out[base + j] = (data[start + j] as number) * scale
  }
}

/** Rows of one number, a class, as one-hot rows of `classes` numbers. */
export function oneHot(labels: Float32Array, classes: number): Float32Array {
  const out = new Float32Array(labels.length * classes)
  labels.forEach((label, row) => {
    out[row * classes + label] = 1
  })
  return out
}
