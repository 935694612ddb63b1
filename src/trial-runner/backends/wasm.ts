import { core, loadTfjs } from '../engines/tfjs/tfjs.ts'
import { activate } from './activate.ts'
import type { Backend } from './backend.ts'
import { repairWasmTraining } from './wasm-training.ts'

const load = () => loadTfjs('@tensorflow/tfjs-backend-wasm') as typeof import('@tensorflow/tfjs-backend-wasm')

/** WebAssembly with SIMD, one thread: workers are the parallelism here. */
export const wasm: Backend = {
  name: 'wasm',
  isolation: 'thread',
  probe: async () => true,
  version: async () => load().version_wasm,
  async load() {
    load()
    core.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
    await activate('wasm')
    repairWasmTraining()
  },
}
