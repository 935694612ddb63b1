import type { DenseBlock, SparseBlock } from '../../../../data/dataset.ts'
import type { Block } from './arena.ts'
import type { PlanBuilder } from './builder.ts'
import { resident } from './resident.ts'
import type { Feed } from './step.ts'
import { floatsOf, type SparseRows, type Tensor } from './tensor.ts'

type Layout = Pick<Tensor, 'lines' | 'width' | 'lanes'>

/** Up to so many numbers a row, a loop is faster than a copy of a view. */
const SHORT = 48

/** Fills `value` with rows of numbers. */
export function feedDense(builder: PlanBuilder, value: Block, layout: Layout, block: DenseBlock): Feed {
  const size = layout.lines * layout.width
  const { data, scale = 1 } = block
  if (layout.lanes === layout.width && data instanceof Uint8Array) return feedBytes(builder, value, size, data, scale)
  return resident(builder, value, floatsOf(layout), data.length / size, (to) => copyRows(to, layout, block))
}

function copyRows(value: Block, layout: Layout, { data, scale = 1 }: DenseBlock): Feed {
  const { lines, width, lanes } = layout
  const size = lines * width
  const stride = floatsOf(layout)
  const whole = (lines === 1 || lanes === width) && scale === 1 && size > SHORT
  return ({ floats }, order, from, rows, padded) => {
    let to = value.at >>> 2
    for (let i = from; i < from + rows; i++, to += stride) {
      const start = (order[i] as number) * size
      if (whole) {
        floats.set(data.subarray(start, start + size), to)
        continue
      }
      for (let line = 0, at = start; line < lines; line++) {
        for (let j = 0; j < width; j++, at++) floats[to + line * lanes + j] = (data[at] as number) * scale
      }
    }
    floats.fill(0, to, to + (padded - rows) * stride)
  }
}

/** Bytes travel as bytes; a kernel makes them numbers. */
function feedBytes(builder: PlanBuilder, value: Block, size: number, data: Uint8Array, scale: number): Feed {
  const { kernels } = builder
  const staged = builder.batchBlock(`${value.name} as bytes`, { lines: 1, lanes: size / 4 }).keep()
  return ({ bytes }, order, from, rows, padded) => {
    let to = staged.at
    for (let i = from; i < from + rows; i++, to += size) {
      const start = (order[i] as number) * size
      bytes.set(data.subarray(start, start + size), to)
    }
    bytes.fill(0, to, staged.at + padded * size)
    kernels.expandBytes(staged.at, value.at, padded * size, scale)
  }
}

/** Fills `value` with one-hot lines of class numbers. */
export function feedOneHot(builder: PlanBuilder, value: Block, layout: Layout, block: DenseBlock): Feed {
  const rows = block.data.length / layout.lines
  return resident(builder, value, floatsOf(layout), rows, (to) => spreadClasses(to, layout, block))
}

function spreadClasses(value: Block, { lines, lanes }: Layout, { data }: DenseBlock): Feed {
  return ({ floats }, order, from, rows, padded) => {
    const base = value.at >>> 2
    floats.fill(0, base, base + padded * lines * lanes)
    for (let i = 0; i < rows; i++) {
      const start = (order[from + i] as number) * lines
      for (let line = 0; line < lines; line++) {
        floats[base + (i * lines + line) * lanes + (data[start + line] as number)] = 1
      }
    }
  }
}

/** Blocks for the entries of any `capacity` rows, and what fills them. */
export function feedSparse(builder: PlanBuilder, name: string, source: SparseBlock): { rows: SparseRows; feed: Feed } {
  const { starts, columns, values } = source
  let longest = 0
  for (let row = 1; row < starts.length; row++) {
    longest = Math.max(longest, (starts[row] as number) - (starts[row - 1] as number))
  }
  const entries = builder.capacity * longest
  const rows: SparseRows = {
    starts: builder.block(`${name} starts`, builder.capacity + 1).keep(),
    columns: builder.block(`${name} columns`, entries).keep(),
    values: values && builder.block(`${name} values`, entries).keep(),
  }
  const feed: Feed = ({ words, floats }, order, from, count, padded) => {
    const begin = rows.starts.at >>> 2
    let filled = 0
    words[begin] = 0
    for (let i = 0; i < count; i++) {
      const row = order[from + i] as number
      const [first, end] = [starts[row] as number, starts[row + 1] as number]
      words.set(columns.subarray(first, end), (rows.columns.at >>> 2) + filled)
      if (values && rows.values) floats.set(values.subarray(first, end), (rows.values.at >>> 2) + filled)
      filled += end - first
      words[begin + i + 1] = filled
    }
    words.fill(filled, begin + count + 1, begin + padded + 1)
  }
  return { rows, feed }
}
