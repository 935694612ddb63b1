import { describe, expect, it } from 'vitest'
import { webgpu } from '../../src/trial-runner/backends/webgpu.ts'
import { TfjsEngine } from '../../src/trial-runner/engines/tfjs/engine.ts'
import { backendContract } from '../contracts/backend.ts'
import { engineContract } from '../contracts/engine.ts'

/*
 * For machines on which `tune setup webgpu` has run and Dawn finds an adapter, which may be one in software:
 *   TUNE_TEST_NATIVE=webgpu VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json npx vitest run test/native/webgpu
 * The software one takes minutes: give it --testTimeout=400000.
 * A GPU adds in its own order, and not always in the same one: numbers are compared, not bits.
 */
const SPREAD = { spread: 2e-3, tolerance: 2e-3 }

const isWanted = process.env.TUNE_TEST_NATIVE?.split(',').includes('webgpu') === true

if (isWanted) {
  backendContract(webgpu, SPREAD)
  engineContract(
    'tfjs on webgpu',
    async () => {
      await webgpu.load()
      return new TfjsEngine('webgpu')
    },
    SPREAD,
  )
}

describe.skipIf(!isWanted)('webgpu, where TUNE_TEST_NATIVE says that it is here', () => {
  it('names its adapter', async () => {
    await webgpu.load()
    expect(await webgpu.version?.()).toMatch(/^4\.\d+\.\d+, Dawn \S+, \S/)
  })
})
