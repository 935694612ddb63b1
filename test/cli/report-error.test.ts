import { expect, test } from 'vitest'
import { describeError } from '../../src/cli/report-error.ts'
import { plain } from '../../src/cli/style.ts'
import { TunerError } from '../../src/core/errors.ts'

const quiet = { json: false, verbose: false, style: plain }
const error = new TunerError('model/threw', 'model() threw:\n  boom', { hint: 'Correct model().' })

test('a coded error is one paragraph without a stack', () => {
  expect(describeError(error, quiet)).toBe('error model/threw: model() threw: boom. Correct model().\n')
})

test('--verbose adds the stack', () => {
  expect(describeError(error, { ...quiet, verbose: true })).toContain('report-error.test.ts')
})

test('an unexpected error shows where it comes from', () => {
  const text = describeError(new TypeError('x is not a function'), quiet)
  expect(text).toMatch(/^error unexpected: x is not a function\n/)
  expect(text).toContain('report-error.test.ts')
})

test('with --json it is one line of JSON', () => {
  const text = describeError(error, { ...quiet, json: true })
  expect(text.trimEnd()).not.toContain('\n')
  expect(JSON.parse(text)).toEqual({
    error: { code: 'model/threw', message: 'model() threw:\n  boom', hint: 'Correct model().' },
  })
  expect(JSON.parse(describeError('text', { ...quiet, json: true }))).toEqual({
    error: { code: 'unexpected', message: 'text', hint: null },
  })
})
