import { expect, test } from 'vitest'
import { names, shellWord, typedCommand, wholeNumber } from '../../src/cli/arguments.ts'

test('a whole number is read', () => {
  expect(wholeNumber('--trials', 1)('12')).toBe(12)
  expect(wholeNumber('--seed', 0)('0')).toBe(0)
})

test.each(['abc', '', '1.5', '-3', '0', '1e3', '99999999999999999999'])('--trials %j is refused', (text) => {
  expect(() => wholeNumber('--trials', 1)(text)).toThrow(
    expect.objectContaining({
      code: 'command/bad-argument',
      message: `--trials is "${text}", expected a whole number from 1 up.`,
      hint: 'Write for example --trials 4.',
    }),
  )
})

test('names are separated by commas', () => {
  expect(names('id, date,,')).toEqual(['id', 'date'])
})

test.each([
  ['boston-2', 'boston-2'],
  ['../my.db', '../my.db'],
  ['two words', "'two words'"],
  ["it's", "'it'\\''s'"],
  ['$HOME', "'$HOME'"],
  ['', "''"],
])('a shell reads %s from %s', (text, word) => {
  expect(shellWord(text)).toBe(word)
})

test('a command can be typed as it is shown', () => {
  expect(typedCommand('resume', 'boston', 'tune.db')).toBe('tune resume boston')
  expect(typedCommand('best', 'my study', '../a b.db')).toBe("tune best 'my study' --db '../a b.db'")
})
