import { TunerError } from '../../core/errors.ts'
import type { Backend } from './backend.ts'
import { cpu } from './cpu.ts'
import { tfjsNode } from './tfjs-node.ts'
import { tfjsNodeGpu } from './tfjs-node-gpu.ts'
import { wasm } from './wasm.ts'
import { webgpu } from './webgpu.ts'

/** All backends, the preferred ones first. */
const backends: readonly Backend[] = [tfjsNodeGpu, tfjsNode, webgpu, wasm, cpu]

/**
 * The backend of that name; for `auto` wasm, which is everywhere: models are built on it whatever trains them. Throws
 * `engine/backend-unavailable`.
 */
export async function selectBackend(name: string): Promise<Backend> {
  if (name === 'auto') return wasm
  const backend = backends.find((candidate) => candidate.name === name)
  const names = backends.map((candidate) => candidate.name).join(', ')
  if (backend === undefined) {
    throw new TunerError('engine/backend-unavailable', `There is no backend "${name}"; expected one of ${names}.`)
  }
  const usable = await backend.probe()
  if (usable !== true) {
    throw new TunerError('engine/backend-unavailable', `The backend "${name}" cannot be used here: ${usable.reason}.`, {
      hint: usable.remedy ?? `Choose another one: ${names}.`,
    })
  }
  for (const [variable, value] of Object.entries(backend.environment?.() ?? {})) process.env[variable] ??= value
  return backend
}
