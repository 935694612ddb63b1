import { readFileSync } from 'node:fs'

/** One configuration of a TaskSet table: its hyperparameters and its learning curve. */
export interface TableEntry {
  readonly hp: Readonly<Record<string, number>>
  /** Validation loss at 51 points, NaN (null in the file) where training diverged. */
  readonly curve: readonly number[]
}

/** Reads `[{ hp, valid: { loss: [...] } }]`; numbers that JSON lacks are written as NaN or null there. */
export function readTaskSet(path: string): TableEntry[] {
  const text = readFileSync(path, 'utf8').replaceAll(/\bNaN\b/g, 'null')
  const rows = JSON.parse(text) as { hp: Record<string, number>; valid: { loss: (number | null)[] } }[]
  return rows.map(({ hp, valid }) => ({ hp, curve: valid.loss.map((value) => value ?? Number.NaN) }))
}

/** The lowest value of any curve at any point. */
export function bestOf(table: readonly TableEntry[]): number {
  let best = Number.POSITIVE_INFINITY
  for (const { curve } of table) for (const value of curve) if (value < best) best = value
  return best
}
