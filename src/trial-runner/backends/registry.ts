import { TunerError } from '../../core/errors.ts'
import type { Backend } from './backend.ts'
import { cpu } from './cpu.ts'
import { tfjsNode } from './tfjs-node.ts'
import { tfjsNodeGpu } from './tfjs-node-gpu.ts'
import { wasm } from './wasm.ts'
import { webgpu } from './webgpu.ts'

/** All backends, those of fast devices first. */
export const backends: readonly Backend[] = [tfjsNodeGpu, tfjsNode, webgpu, wasm, cpu]

/** Where models are built if no backend was chosen to train them: cheap to load, safe in threads, the first that is usable. */
const builders: readonly Backend[] = [wasm, cpu]

export const backendNames: readonly string[] = backends.map(({ name }) => name)

/**
 * The backend of that name; for `auto` one that is cheap to load and everywhere the same, which is enough to build
 * models on. Never another one than was asked for: throws `engine/backend-unavailable` with the reason.
 */
export async function selectBackend(name: string): Promise<Backend> {
  if (name === 'auto') {
    for (const backend of builders) if ((await backend.probe()) === true) return backend
    return cpu
  }
  const backend = backends.find((candidate) => candidate.name === name)
  const names = backendNames.join(', ')
  if (backend === undefined) {
    throw new TunerError('engine/backend-unavailable', `There is no backend "${name}"; expected one of ${names}.`, {
      hint: 'tune doctor shows what each of them needs.',
    })
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
