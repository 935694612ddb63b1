import { expect, test } from 'vitest'
import { SimdEngine } from '../../../../src/trial-runner/engines/simd/engine.ts'
import { digest } from './fixed-networks.ts'

/**
 * Weights of this release in strict arithmetic, on every machine and every version of Node (`scripts/digest.mjs` compares
 * them). Another digest means that no study can be continued bit for bit across this change: say so in the changelog.
 */
const STRICT = '135f82f236831a8e12a5da4010df9a49'

test('strict arithmetic gives the bits of this release', async () => {
  expect(await digest('strict')).toBe(STRICT)
})

test('fma gives other bits, where there is one', async () => {
  if (new SimdEngine().backend === 'strict') return
  expect(await digest('fma')).not.toBe(STRICT)
})
