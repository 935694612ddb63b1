import { expect, test } from 'vitest'
import { jobError } from '../../src/trial-runner/out-of-memory.ts'

test.each([
  'Array buffer allocation failed',
  'WebAssembly.Memory.grow(): Unable to grow instance memory',
  'WebAssembly.Memory(): could not allocate memory',
  'Cannot enlarge memory arrays to size 2147483648 bytes',
  'Aborted(OOM)',
  'OOM when allocating tensor with shape[512,512] and type float',
  'CUDA_ERROR_OUT_OF_MEMORY: out of memory',
  'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
])('is known as the end of memory: %s', (message) => {
  expect(jobError({ message: `model() threw with {}: ${message}`, code: 'model/threw' }).code).toBe(
    'runner/out-of-memory',
  )
})

test.each(['memory access out of bounds', 'Invalid array length', 'memory is what remains'])(
  'is not: %s',
  (message) => {
    expect(jobError({ message })).toEqual({ message })
  },
)

test('an error that says what it is by its code stays that', () => {
  const record = { message: 'The plan needs more than is there: out of memory', code: 'engine/too-large' } as const
  expect(jobError(record)).toBe(record)
})
