import type { Span } from './spans.ts'

const WIDEST = 40
const NARROWEST = 8

/** A bar of which a part, from 0 to 1, is done, as wide as there is room. */
export function bar(done: number, room: number): Span[] {
  const width = Math.max(NARROWEST, Math.min(WIDEST, room))
  const filled = Math.round(done * width)
  return [
    ['━'.repeat(filled), 'green'],
    ['─'.repeat(width - filled), 'dim'],
  ]
}
