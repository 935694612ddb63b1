import { fc, test as property } from '@fast-check/vitest'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { line } from '../../src/cli/spans.ts'
import { type Style, styleFor } from '../../src/cli/style.ts'
import { cut, table } from '../../src/cli/table.ts'

test('columns are aligned by what a terminal shows', () => {
  const lines = table(
    [{ title: 'name' }, { title: 'value', align: 'right' }],
    [
      ['größe', '1.5'],
      ['層', '12.25'],
    ],
  )
  expect(lines).toEqual(['name   value', 'größe    1.5', '層     12.25'])
})

property.prop([fc.string({ unit: 'grapheme', maxLength: 30 }), fc.integer({ min: 1, max: 20 })])(
  'a cut line fits, and one that fits is left alone',
  (text, columns) => {
    const shown = cut(text, columns)
    expect(stringWidth(shown)).toBeLessThanOrEqual(columns)
    if (stringWidth(text) <= columns) expect(shown).toBe(text)
    else expect(shown.endsWith('…')).toBe(true)
  },
)

const bracketed: Style = (format, text) => `<${String(format)}>${text}</>`

test('a line of spans is cut before it is styled', () => {
  expect(line([['progress', 'bold'], [' and more', 'dim'], ['never']], 12, bracketed)).toBe(
    '<bold>progress</><dim> an…</>',
  )
})

test('no colour for pipes and with NO_COLOR', () => {
  expect(styleFor({ isTTY: true }, {})('red', 'x')).toBe('\u001B[31mx\u001B[39m')
  expect(styleFor({ isTTY: false }, {})('red', 'x')).toBe('x')
  expect(styleFor({ isTTY: true }, { NO_COLOR: '1' })('red', 'x')).toBe('x')
  expect(styleFor({ isTTY: true }, { TERM: 'dumb' })('red', 'x')).toBe('x')
})
