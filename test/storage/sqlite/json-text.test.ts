import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { fromJsonText, toJsonText } from '../../../src/storage/sqlite/json-text.ts'

test.each([
  [Number.NaN, '"$NaN"'],
  [[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, -0], '["$-Infinity","$Infinity","$-0"]'],
  ['$5', '"$$5"'],
  [{ $a: 0.1, b: 'c$' }, '{"$a":0.1,"b":"c$"}'],
])('%j is kept as %s', (value, text) => {
  expect(toJsonText(value)).toBe(text)
  expect(fromJsonText(text)).toStrictEqual(value)
})

const leaf = fc.oneof(
  fc.string(),
  fc.string().map((text) => `$${text}`),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
)
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('tree')),
    fc.dictionary(fc.string(), tie('tree'), { noNullPrototype: true }),
  ),
}))

test.prop([tree], { numRuns: 1000, seed: 1 })('any value comes back exactly', (value) => {
  expect(fromJsonText(toJsonText(value))).toStrictEqual(value)
})
