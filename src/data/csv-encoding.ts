import { TunerError } from '../core/errors.ts'
import type { CsvColumn } from './csv-column.ts'
import { type DenseBlock, sharedFloats, type Task } from './dataset.ts'

/** More categories than this are hardly categories: one-hot columns would outgrow the memory. */
const MOST_CATEGORIES = 1000

/** Numeric columns as they are, the others one-hot with their categories sorted, in the order of the file. */
export function encodeInputs(
  columns: readonly CsvColumn[],
  rows: number,
  path: string,
): { readonly block: DenseBlock; readonly names: readonly string[] } {
  const parts = columns.map((column) => {
    if (column.isNumeric) return { names: [column.name], numbers: column.numbers() }
    const { names, codes } = column.categories()
    if (names.length > MOST_CATEGORIES) {
      throw new TunerError(
        'data/bad-format',
        `${path}: column "${column.name}" holds ${names.length} different texts; at most ${MOST_CATEGORIES} are made one-hot columns.`,
        { hint: `Leave it out with drop: ['${column.name}'], or group its categories.` },
      )
    }
    return { names: names.map((name) => `${column.name}=${name}`), codes }
  })
  const names = parts.flatMap((part) => part.names)
  const width = names.length
  const data = sharedFloats(rows * width)
  let offset = 0
  for (const part of parts) {
    if (part.numbers) for (let row = 0; row < rows; row++) data[row * width + offset] = part.numbers[row] ?? 0
    else for (let row = 0; row < rows; row++) data[row * width + offset + (part.codes[row] ?? 0)] = 1
    offset += part.names.length
  }
  return { block: { kind: 'dense', data, shape: [width] }, names }
}

/** The target as numbers, or as class numbers with the classes sorted. */
export function encodeTarget(
  column: CsvColumn,
  task: Task['kind'],
  path: string,
): { readonly block: DenseBlock; readonly task: Task } {
  if (task === 'regression') {
    return { block: { kind: 'dense', data: sharedColumn(column.numbers()), shape: [1] }, task: { kind: task } }
  }
  const { names, codes } = column.categories()
  if (names.length < 2) {
    throw new TunerError(
      'data/bad-format',
      `${path}: the target column "${column.name}" holds a single class, "${names[0]}"; expected at least two.`,
      { hint: 'Check that target names the right column.' },
    )
  }
  return { block: { kind: 'dense', data: sharedColumn(codes), shape: [1] }, task: { kind: task, classes: names } }
}

function sharedColumn(values: Float64Array | Int32Array): Float32Array<SharedArrayBuffer> {
  const data = sharedFloats(values.length)
  data.set(values)
  return data
}
