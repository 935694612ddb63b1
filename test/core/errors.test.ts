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

test('whatever is thrown has a record in words that crosses threads', () => {
  const throws = () => {
    throw new Error('from inside')
  }
  const odd: unknown[] = [
    undefined,
    null,
    Symbol('odd'),
    Object.create(null),
    { toString: throws },
    { toJSON: throws },
    new Proxy(new Error('inside'), { get: throws, getPrototypeOf: throws }),
    Object.defineProperty(new Error('hidden'), 'message', { get: throws }),
    Object.assign(new Error(), { message: { deep: 1 }, stack: () => 1 }),
    { self: {} as unknown },
  ]
  for (const thrown of odd) {
    const record = errorRecord(thrown)
    expect(record.message).toMatch(/./)
    expect(structuredClone(record)).toEqual(record)
  }
  expect(errorRecord({ code: 7 }).message).toBe('{"code":7}')
  expect(errorRecord(Object.freeze(new RangeError('frozen'))).message).toBe('frozen')
})
