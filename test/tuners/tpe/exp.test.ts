import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { expMinus } from '../../../src/tuners/tpe/exp.ts'

test.prop([fc.double({ min: 0, max: 32, noNaN: true })], { seed: 1, numRuns: 1000 })(
  'expMinus is exp(-x) to 1e-11',
  (x) => {
    expect(Math.abs(expMinus(x) / Math.exp(-x) - 1)).toBeLessThan(1e-11)
  },
)
