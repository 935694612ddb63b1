import { expect, test } from 'vitest'
import { errorFromRecord, errorRecord, TunerError } from '../../src/core/errors.ts'

test('a coded error survives as plain data', () => {
  const error = new TunerError('data/bad-cell', 'row 3', { hint: 'correct it' })
  const record = structuredClone(errorRecord(error))
  expect(errorFromRecord(record, 'model/threw')).toMatchObject({
    code: 'data/bad-cell',
    message: 'row 3',
    hint: 'correct it',
    stack: error.stack,
  })
})

test('another error takes the fallback code and keeps its message', () => {
  expect(errorFromRecord(errorRecord(new RangeError('too long')), 'model/threw')).toMatchObject({
    code: 'model/threw',
    message: 'too long',
  })
  expect(errorRecord('just a text')).toEqual({ message: 'just a text' })
})
