import * as core from '@tensorflow/tfjs-core'
import { activate } from './activate.ts'
import type { Backend } from './backend.ts'
import { repairWasmTraining } from './wasm-training.ts'

/** WebAssembly with SIMD, one thread: workers are the parallelism here. */
export const wasm: Backend = {
  name: 'wasm',
  isolation: 'thread',
  probe: async () => true,
  version: async () => (await import('@tensorflow/tfjs-backend-wasm')).version_wasm,
  async load() {
    await import('@tensorflow/tfjs-backend-wasm')
    core.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
    await activate('wasm')
    repairWasmTraining()
  },
}
