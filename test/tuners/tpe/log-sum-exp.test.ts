import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { logSumExp } from '../../../src/tuners/tpe/log-sum-exp.ts'

const term = fc.double({ min: -40, max: 0, noNaN: true })

test.prop([fc.array(term, { minLength: 1, maxLength: 30 }), fc.double({ min: -1e4, max: 1e4, noNaN: true })], {
  seed: 1,
})('logSumExp is the logarithm of the sum, wherever the terms are', (terms, shift) => {
  const [first = 0] = terms
  const expected = first + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - first), 0)) + shift
  const shifted = Float64Array.from([...terms, 9], (term) => term + shift)
  expect(Math.abs(logSumExp(shifted, terms.length) - expected)).toBeLessThan(1e-7)
})
