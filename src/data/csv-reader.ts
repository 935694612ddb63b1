import { CsvError, parse } from 'csv-parse/sync'
import { TunerError } from '../core/errors.ts'
import { CsvColumn } from './csv-column.ts'

export interface CsvFormat {
  /** For messages. */
  readonly path: string
  /** Default: what the header is divided by, of comma, semicolon and tab. */
  readonly delimiter: string | undefined
  /** Columns whose cells are text, whatever they look like. */
  readonly categorical: ReadonlySet<string>
}

/** Reads a whole file of separated values, its header first. Throws `data/bad-format` and `data/no-rows`. */
export function readColumns(bytes: Buffer, format: CsvFormat): CsvColumn[] {
  // One kind of line end, so that lines inside of quotes are counted as an editor does.
  const input = bytes.includes('\r') ? bytes.toString().replaceAll('\r\n', '\n') : bytes
  const columns: CsvColumn[] = []
  let rows = 0
  const take = (cells: string[], context: { readonly lines: number }): null => {
    if (columns.length === 0) {
      checkHeader(cells, format.path)
      for (const cell of cells) columns.push(new CsvColumn(cell.trim(), format.categorical.has(cell.trim())))
      return null
    }
    rows++
    if (cells.length !== columns.length) {
      throw new TunerError(
        'data/bad-format',
        `${format.path}, row ${rows} (line ${context.lines}): expected ${columns.length} cells as in the header, got ${cells.length}.`,
        { hint: 'Correct the row; put text that contains the delimiter in double quotes.' },
      )
    }
    for (let i = 0; i < cells.length; i++) columns[i]?.add(cells[i] ?? '', context.lines)
    return null
  }
  try {
    parse(input, {
      bom: true,
      delimiter: format.delimiter ?? delimiterOf(bytes),
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record: take,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new TunerError('data/bad-format', `${format.path} cannot be read as CSV: ${error.message}.`, {
      hint: 'Put a cell with quotes in it in double quotes, and write each quote inside twice.',
      cause: error,
    })
  }
  if (rows === 0) {
    const what = columns.length === 0 ? 'is empty' : 'has a header and no rows'
    throw new TunerError('data/no-rows', `${format.path} ${what}; expected a header and at least one row.`, {
      hint: 'Check that the path names the right file.',
    })
  }
  return columns
}

function delimiterOf(bytes: Buffer): string {
  const end = bytes.indexOf('\n')
  const header = bytes.toString('utf8', 0, end < 0 ? bytes.length : end)
  return [',', ';', '\t'].find((delimiter) => header.includes(delimiter)) ?? ','
}

function checkHeader(cells: readonly string[], path: string): void {
  const seen = new Map<string, number>()
  for (const [index, cell] of cells.entries()) {
    const name = cell.trim()
    if (name === '') {
      throw new TunerError('data/bad-format', `${path}: column ${index + 1} has no name in the header.`, {
        hint: 'Name it, or leave it out of the file (a row index from pandas: to_csv(..., index=False)).',
      })
    }
    const first = seen.get(name)
    if (first !== undefined) {
      throw new TunerError(
        'data/bad-format',
        `${path}: the header names "${name}" twice, in columns ${first + 1} and ${index + 1}.`,
        { hint: 'Give each column a name of its own.' },
      )
    }
    seen.set(name, index)
  }
}
