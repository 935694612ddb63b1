import type { Row } from '../row.ts'

const WIDTH = 48

/**
 * A plot in text: for each case a bar a row, as long as the logarithm of its value beyond the smallest of the case, so
 * that a cost that doubles takes the same step everywhere.
 */
export function bars(title: string, rows: readonly Row[]): string {
  const lines = [...new Set(rows.map((row) => row.case))].flatMap((name) => {
    const ofCase = rows.filter((row) => row.case === name)
    const logs = ofCase.map(({ value }) => Math.log10(value))
    const low = Math.floor(Math.min(...logs))
    const high = Math.max(Math.ceil(Math.max(...logs)), low + 1)
    const label = Math.max(...ofCase.map(({ what }) => what.length))
    const drawn = ofCase.map(({ what, value }, i) => {
      const length = Math.max(1, Math.round((WIDTH * ((logs[i] ?? low) - low)) / (high - low)))
      return `  ${what.padStart(label)} ${'█'.repeat(length).padEnd(WIDTH)} ${Number(value.toPrecision(3))}`
    })
    const ends = [low, high].map((power) => String(10 ** power))
    const axis = `${ends[0]}${(ends[1] ?? '').padStart(WIDTH - (ends[0]?.length ?? 0))}`
    return ['', `${name} (${title}, logarithmic)`, ...drawn, `  ${' '.repeat(label)} ${axis}`]
  })
  return lines.join('\n')
}
