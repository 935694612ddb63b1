import { type Block, type Dataset, type DenseBlock, sharedFloats, sizeOf } from './dataset.ts'

/** A dataset of at most `count` rows, evenly spread over those of another; itself where it has no more. */
export function sampleRows(dataset: Dataset, count: number): Dataset {
  if (dataset.rows <= count) return dataset
  const rows = Int32Array.from({ length: count }, (_, i) => Math.floor((i * dataset.rows) / count))
  const [input, ...inputs] = dataset.inputs
  const [target, ...targets] = dataset.targets
  return {
    ...dataset,
    rows: count,
    inputs: [rowsOfBlock(input, rows), ...inputs.map((block) => rowsOfBlock(block, rows))],
    targets: [rowsOfDense(target, rows), ...targets.map((block) => rowsOfDense(block, rows))],
  }
}

function rowsOfBlock(block: Block, rows: Int32Array): Block {
  if (block.kind === 'dense') return rowsOfDense(block, rows)
  const { starts, columns, values } = block
  const sampled = new Uint32Array(new SharedArrayBuffer((rows.length + 1) * Uint32Array.BYTES_PER_ELEMENT))
  const entries: number[] = []
  rows.forEach((row, i) => {
    for (let entry = starts[row] as number; entry < (starts[row + 1] as number); entry++) entries.push(entry)
    sampled[i + 1] = entries.length
  })
  const sampledColumns =
    columns instanceof Uint16Array
      ? new Uint16Array(new SharedArrayBuffer(entries.length * Uint16Array.BYTES_PER_ELEMENT))
      : new Uint32Array(new SharedArrayBuffer(entries.length * Uint32Array.BYTES_PER_ELEMENT))
  entries.forEach((entry, i) => {
    sampledColumns[i] = columns[entry] as number
  })
  const rest = { kind: block.kind, shape: block.shape, starts: sampled, columns: sampledColumns }
  if (values === undefined) return rest
  const sampledValues = sharedFloats(entries.length)
  entries.forEach((entry, i) => {
    sampledValues[i] = values[entry] as number
  })
  return { ...rest, values: sampledValues }
}

function rowsOfDense(block: DenseBlock, rows: Int32Array): DenseBlock {
  const { data, shape } = block
  const size = sizeOf(shape)
  const length = rows.length * size
  const sampled = data instanceof Uint8Array ? new Uint8Array(new SharedArrayBuffer(length)) : sharedFloats(length)
  rows.forEach((row, i) => {
    sampled.set(data.subarray(row * size, (row + 1) * size), i * size)
  })
  return { ...block, data: sampled }
}
