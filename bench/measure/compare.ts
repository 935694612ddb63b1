import type { Row } from '../row.ts'

/** Whether more of it is better. */
const HIGHER = new Set(['trials/min', 'GFLOP/s'])

/** The best row of a contestant in a unit: a peer counts at its best number of threads. */
export function best(rows: readonly Row[], what: string, unit: string): Row | undefined {
  const sign = HIGHER.has(unit) ? -1 : 1
  return rows.filter((row) => row.what === what && row.unit === unit).toSorted((a, b) => sign * (a.value - b.value))[0]
}

/** The best row of `what` once for each reference that was measured, so that a ratio says how many times its value. */
export function against(rows: readonly Row[], what: string, references: readonly string[], unit: string): Row[] {
  const row = best(rows, what, unit)
  if (row === undefined) return []
  return references.flatMap((reference) => {
    const other = best(rows, reference, unit)
    return other === undefined ? [] : [{ ...row, reference, ratio: row.value / other.value }]
  })
}
