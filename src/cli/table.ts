import stringWidth from 'string-width'

export interface Column {
  readonly title: string
  /** Numbers to the right, words to the left (default). */
  readonly align?: 'left' | 'right'
}

/** Aligned lines, the titles first; two spaces between columns, none at the end of a line. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const titles = columns.map(({ title }) => title)
  const widths = columns.map((_, i) => Math.max(...[titles, ...rows].map((row) => stringWidth(row[i] ?? ''))))
  return [titles, ...rows].map((row) =>
    columns
      .map(({ align }, i) => pad(row[i] ?? '', widths[i] ?? 0, align ?? 'left'))
      .join('  ')
      .trimEnd(),
  )
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return align === 'right' ? space + text : text + space
}

/** A line of at most so many columns of the terminal; one that is cut ends in an ellipsis. */
export function cut(line: string, columns: number): string {
  if (stringWidth(line) <= columns) return line
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (stringWidth(kept + segment) > columns - 1) break
    kept += segment
  }
  return `${kept}…`
}
