import { TunerError } from '../core/errors.ts'
import { nearest } from '../core/nearest.ts'
import { checkCells } from './csv-cells.ts'
import type { CsvColumn } from './csv-column.ts'
import { encodeInputs, encodeTarget } from './csv-encoding.ts'
import { readColumns } from './csv-reader.ts'
import type { Dataset, Task } from './dataset.ts'
import { readDataFile, requirePath } from './read-file.ts'

export interface CsvOptions {
  /** The column to predict. */
  readonly target: string
  /** Columns to leave out, such as identifiers. */
  readonly drop?: readonly string[]
  /** Default: regression where most cells of the target are numbers, otherwise classification. */
  readonly task?: Task['kind']
  /** Columns that hold names although most of them look like numbers. */
  readonly categorical?: readonly string[]
  /** Default: what the header is divided by, of comma, semicolon and tab. */
  readonly delimiter?: string
}

/**
 * A dataset from a file of comma-separated values in UTF-8 with a header, gzipped or not. A column is numeric if more than half of its
 * cells are numbers; any other becomes one column of zeros and ones for each of its categories, `name=category`, the
 * categories sorted. A number among categories counts in its shortest form, "1.0" as "1".
 *
 * @param path Relative to the working directory. Undefined is an error that says how to name a file.
 * @throws TunerError `data/file-missing`, `data/bad-format` (rows of uneven length, a name twice in the header),
 * `data/no-rows`, `data/target-missing`, `data/column-missing`, and `data/bad-cell` for a missing cell (empty, NA, ?,
 * NaN) or a text in a numeric column.
 */
export async function csv(path: string | undefined, options: CsvOptions): Promise<Dataset> {
  requirePath(path, 'a CSV file')
  const { target: targetName, drop = [], categorical = [], delimiter } = options
  const { file, bytes } = await readDataFile(path)
  const columns = readColumns(bytes, { path, delimiter, categorical: new Set(categorical) })
  const target = findTarget(columns, targetName, path)
  checkNames(columns, [...drop, ...categorical], path)
  const inputs = columns.filter((column) => column !== target && !drop.includes(column.name))
  if (drop.includes(targetName)) {
    throw new TunerError('data/target-missing', `The target column "${targetName}" is also in drop.`, {
      hint: 'Take it out of drop.',
    })
  }
  if (inputs.length === 0) {
    throw new TunerError('data/column-missing', `${path}: no column is left to predict "${targetName}" from.`, {
      hint: 'Drop fewer columns, or add some to the file.',
    })
  }
  const kind = options.task ?? (target.isNumeric ? 'regression' : 'classification')
  const uses = inputs.map((column) => ({ column, numeric: column.isNumeric, role: 'input' as const }))
  checkCells([...uses, { column: target, numeric: kind === 'regression', role: 'target' }], path)
  const encodedTarget = encodeTarget(target, kind, path)
  const rows = target.numbers().length
  const { block, names } = encodeInputs(inputs, rows, path)
  return {
    rows,
    inputs: [block],
    targets: [encodedTarget.block],
    task: encodedTarget.task,
    columns: names,
    files: [file],
  }
}

function findTarget(columns: readonly CsvColumn[], name: string, path: string): CsvColumn {
  const target = columns.find((column) => column.name === name)
  if (target !== undefined) return target
  const names = columns.map((column) => column.name)
  throw new TunerError('data/target-missing', `${path} has no column "${name}" to predict; ${listOf(names)}.`, {
    hint: suggestion(name, names, 'Name one of them as the target; the names have to stand in the first line.'),
  })
}

function checkNames(columns: readonly CsvColumn[], wanted: readonly string[], path: string): void {
  const names = columns.map((column) => column.name)
  const missing = wanted.find((name) => !names.includes(name))
  if (missing === undefined) return
  throw new TunerError('data/column-missing', `${path} has no column "${missing}"; ${listOf(names)}.`, {
    hint: suggestion(missing, names, 'Name one of them.'),
  })
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, 40).join(', ')
  return `its columns are ${shown}${names.length > 40 ? ` and ${names.length - 40} more` : ''}`
}

function suggestion(name: string, names: readonly string[], otherwise: string): string {
  const near = nearest(name, names)
  return near === undefined ? otherwise : `Did you mean "${near}"?`
}
