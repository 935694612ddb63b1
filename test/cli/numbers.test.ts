import { expect, test } from 'vitest'
import { clockTime, meanAndSpread, short, shortParam } from '../../src/cli/numbers.ts'

test.each([
  [9.81234, '9.812'],
  [0.00213987, '0.002140'],
  [123456.789, '123457'],
  [12, '12'],
  [0.00001234, '1.23e-5'],
  [-12345678.9, '-1.23e7'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
])('%d is shown as %s', (value, text) => {
  expect(short(value)).toBe(text)
})

test.each([
  [0.15, '0.15'],
  [0.3000000001, '0.3'],
  [0.00005, '5e-5'],
  [100, '100'],
  ['relu', 'relu'],
  [true, 'true'],
  [[64, 0.5], '[64, 0.5]'],
])('parameter %s is shown as %s', (value, text) => {
  expect(shortParam(value)).toBe(text)
})

test('the spread is as fine as the mean; one fold has none', () => {
  const std = 2.34567
  expect(meanAndSpread({ mean: 9.8123, std, se: 1, folds: [1, 2] })).toBe('9.812 ± 2.346')
  expect(meanAndSpread({ mean: 123456, std, se: 1, folds: [1, 2] })).toBe('123456 ± 2.346')
  expect(meanAndSpread({ mean: 9.8123, std: 0, se: 0, folds: [1] })).toBe('9.812')
})

test.each([
  [0, '0:00'],
  [6_700, '0:07'],
  [760_000, '12:40'],
  [7_390_000, '2:03:10'],
  [-5, '0:00'],
])('%d ms is %s', (ms, text) => {
  expect(clockTime(ms)).toBe(text)
})
