import { TunerError } from '../core/errors.ts'
import type { CellPlace, CsvColumn } from './csv-column.ts'

/** A column that is used, and as what. */
export interface ColumnUse {
  readonly column: CsvColumn
  readonly numeric: boolean
  readonly role: 'input' | 'target'
}

/** Throws `data/bad-cell` for the first row with a missing cell, or with a text where its column is numeric. */
export function checkCells(uses: readonly ColumnUse[], path: string): void {
  let first: { readonly place: CellPlace; readonly error: () => TunerError } | undefined
  const consider = (place: CellPlace | undefined, error: (place: CellPlace) => TunerError): void => {
    if (place === undefined || (first !== undefined && first.place.row <= place.row)) return
    first = { place, error: () => error(place) }
  }
  for (const use of uses) {
    consider(use.column.firstMissing, (place) => missingCell(use, place, path))
    if (use.numeric) consider(use.column.firstText, (place) => textCell(use, place, path))
  }
  if (first !== undefined) throw first.error()
}

function missingCell({ column, role }: ColumnUse, place: CellPlace, path: string): TunerError {
  const cell = place.text === '' ? 'the cell is empty' : `the cell is "${place.text}", a missing value`
  const others = column.missingCells - 1
  const count = others === 0 ? '' : `; so ${others === 1 ? 'is 1 other' : `are ${others} others`} of this column`
  return new TunerError('data/bad-cell', `${placeOf(column, place, path)}: ${cell}${count}.`, {
    hint:
      role === 'target'
        ? 'Fill in a value or delete the row.'
        : `Fill in a value, delete the row, or leave the column out with drop: ['${column.name}'].`,
  })
}

function textCell({ column, role }: ColumnUse, place: CellPlace, path: string): TunerError {
  const remedy = role === 'target' ? "task: 'classification'" : `categorical: ['${column.name}']`
  return new TunerError('data/bad-cell', `${placeOf(column, place, path)}: expected a number, got "${place.text}".`, {
    hint: `Correct the cell, delete the row, or write ${remedy} if the column holds names.`,
  })
}

function placeOf(column: CsvColumn, place: CellPlace, path: string): string {
  return `${path}, row ${place.row} (line ${place.line}), column "${column.name}"`
}
