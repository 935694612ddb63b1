import stringWidth from 'string-width'
import type { Format, Style } from './style.ts'
import { cut } from './table.ts'

/** A piece of a line and how it looks. */
export type Span = readonly [text: string, format?: Format]

/** A styled line of at most so many columns: cut first, coloured then, so that no colour code is ever cut. */
export function line(spans: readonly Span[], columns: number, style: Style): string {
  let room = columns
  let text = ''
  for (const [content, format] of spans) {
    if (room <= 0) break
    const shown = cut(content, room)
    room -= stringWidth(shown)
    text += format === undefined || shown === '' ? shown : style(format, shown)
  }
  return text
}
