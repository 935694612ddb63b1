import { TunerError } from '../core/errors.ts'
import type { SparseRows } from './sparse-rows.ts'

const LARGEST_COLUMN = 2 ** 32 - 2
const COMMENT = '#'

/**
 * Reads lines of `label column:value column:value ...`; what follows a # is a comment, and qid:number after the label is
 * left out. Adds the entries to `rows`, as 1 or 0 where `binary`, and returns the labels. Throws
 * `data/bad-format` and `data/bad-cell`.
 */
export function readSparseLines(bytes: Buffer, path: string, rows: SparseRows, binary: boolean): number[] {
  const labels: number[] = []
  let line = 0
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf('\n', start)
    const end = found < 0 ? bytes.length : found
    const text = bytes.toString('latin1', start, end)
    start = end + 1
    line++
    const comment = text.indexOf(COMMENT)
    const [label, ...entries] = (comment < 0 ? text : text.slice(0, comment)).trim().split(/\s+/)
    if (label === undefined || label === '') continue
    const place = `${path}, line ${line}`
    labels.push(numberOf(label, `${place}: expected a label first`))
    if (entries[0]?.startsWith('qid:')) entries.shift()
    addRow(entries, place, rows, binary)
  }
  return labels
}

function addRow(entries: readonly string[], place: string, rows: SparseRows, binary: boolean): void {
  let last = -1
  for (const entry of entries) {
    const colon = entry.indexOf(':')
    const column = colon < 1 ? Number.NaN : Number(entry.slice(0, colon))
    if (!(Number.isInteger(column) && column >= 0 && column <= LARGEST_COLUMN)) {
      throw new TunerError('data/bad-format', `${place}: expected column:value, got "${entry.slice(0, 40)}".`, {
        hint: 'Each line of the format of LIBSVM is: label column:value column:value ...',
      })
    }
    if (column <= last) {
      throw new TunerError('data/bad-format', `${place}: column ${column} comes after column ${last}.`, {
        hint: 'Sort the columns of each line, and name each once.',
      })
    }
    const value = numberOf(entry.slice(colon + 1), `${place}, column ${column}: expected a number`)
    rows.add(column, binary && value !== 0 ? 1 : value)
    last = column
  }
  rows.endRow()
}

function numberOf(text: string, expected: string): number {
  const value = Number(text)
  if (text !== '' && Number.isFinite(Math.fround(value))) return value
  const several = text.includes(',') ? ' Several labels a row are not read.' : ''
  throw new TunerError('data/bad-cell', `${expected}, got "${text.slice(0, 40)}".${several}`, {
    hint: 'Correct the line; the format of LIBSVM is: label column:value column:value ...',
  })
}
