import type { Block } from './arena.ts'
import type { PlanBuilder } from './builder.ts'
import type { Feed } from './step.ts'

/** Data of up to so many floats (1 MiB) are copied into the arena once, so that a kernel can pick the rows of a batch. */
const SMALL = 2 ** 18

/**
 * What fills `value` with rows of `stride` floats: `copying(value)`, or where all `rows` rows are small, a copy of them that
 * `copying` made in the arena, and a kernel that gathers from there.
 */
export function resident(
  builder: PlanBuilder,
  value: Block,
  stride: number,
  rows: number,
  copying: (to: Block) => Feed,
): Feed {
  if (rows * stride > SMALL) return copying(value)
  const { kernels } = builder
  const all = builder.block(`${value.name} of all rows`, rows * stride).keep()
  const copyAll = copying(all)
  const everyRow = Int32Array.from({ length: rows }, (_, row) => row)
  builder.preparations.push((arena) => copyAll(arena, everyRow, 0, rows, rows))
  const numbers = rowNumbers(builder)
  return (_arena, _order, _from, count, padded) =>
    kernels.gatherRows(all.at, numbers.at, value.at, count, padded, stride)
}

/** Where the row numbers of the batch stand for kernels, before any data is fed. */
function rowNumbers(builder: PlanBuilder): Block {
  if (builder.rowNumbers !== undefined) return builder.rowNumbers
  const numbers = builder.block('row numbers', builder.capacity).keep()
  builder.rowNumbers = numbers
  builder.feeds.push(({ words }, order, from, rows) => {
    const base = (numbers.at >>> 2) - from
    for (let i = from; i < from + rows; i++) words[base + i] = order[i] as number
  })
  return numbers
}
