import { cpu } from '../../../src/trial-runner/backends/cpu.ts'
import { wasm } from '../../../src/trial-runner/backends/wasm.ts'
import type { Engine } from '../../../src/trial-runner/engines/engine.ts'
import { SimdEngine } from '../../../src/trial-runner/engines/simd/engine.ts'
import { TfjsEngine } from '../../../src/trial-runner/engines/tfjs/engine.ts'
import { engineContract } from '../../contracts/engine.ts'

/** Fused where this machine fuses. */
const auto = new SimdEngine().backend

for (const arithmetic of new Set(['strict', auto] as const)) {
  engineContract(`simd ${arithmetic}`, () => on(wasm, new SimdEngine({ arithmetic })))
}
engineContract('tfjs on wasm', () => on(wasm, new TfjsEngine('wasm')))
engineContract('tfjs on cpu', () => on(cpu, new TfjsEngine('cpu')))

async function on(backend: typeof cpu, engine: Engine): Promise<Engine> {
  await backend.load()
  return engine
}
