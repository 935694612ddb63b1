import { TunerError } from '../core/errors.ts'
import type { CellPlace, CsvColumn } from './csv-column.ts'
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

/** Throws `data/bad-cell` for the first row with a missing cell, or a text where its column is numeric. */
export function checkCells(columns: readonly CsvColumn[], numeric: ReadonlySet<CsvColumn>, path: string): void {
  let worst: { column: CsvColumn; place: CellPlace; missing: boolean } | undefined
  for (const column of columns) {
    const text = numeric.has(column) ? column.firstText : undefined
    for (const [place, missing] of [
      [column.firstMissing, true],
      [text, false],
    ] as const) {
      if (place !== undefined && place.row < (worst?.place.row ?? Number.POSITIVE_INFINITY)) {
        worst = { column, place, missing }
      }
    }
  }
  if (worst !== undefined) throw badCell(worst.column, worst.place, worst.missing, path)
}

function badCell(column: CsvColumn, place: CellPlace, missing: boolean, path: string): TunerError {
  const where = `${path}, row ${place.row} (line ${place.line}), column "${column.name}"`
  const drop = `drop: ['${column.name}']`
  if (missing) {
    const cell = place.text === '' ? 'the cell is empty' : `the cell is "${place.text}", a missing value`
    const others = column.missingCells - 1
    const count = others === 0 ? '' : `; so ${others === 1 ? 'is 1 other' : `are ${others} others`} of this column`
    return new TunerError('data/bad-cell', `${where}: ${cell}${count}.`, {
      hint: `Fill in a value, delete the row, or leave the column out with ${drop}.`,
    })
  }
  return new TunerError('data/bad-cell', `${where}: expected a number, got "${place.text}".`, {
    hint: `Correct the cell, delete the row, or write categorical: ['${column.name}'] if the column holds names.`,
  })
}
