import { TunerError } from '../../core/errors.ts'
import type { Backend } from './backend.ts'
import { cpu } from './cpu.ts'
import { backendNames } from './names.ts'
import { tfjsNode } from './tfjs-node.ts'
import { tfjsNodeGpu } from './tfjs-node-gpu.ts'
import { wasm } from './wasm.ts'
import { webgpu } from './webgpu.ts'

/** All backends, those of fast devices first. */
export const backends: readonly Backend[] = [tfjsNodeGpu, tfjsNode, webgpu, wasm, cpu]

/**
 * The backend of that name; for `auto` wasm, which is everywhere: models are built on it whatever trains them. Never
 * another one than was asked for: throws `engine/backend-unavailable` with the reason and what would mend it.
 */
export async function selectBackend(name: string): Promise<Backend> {
  if (name === 'auto') return wasm
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
  Object.assign(process.env, backend.environment?.())
  return backend
}

/** Selects a backend and loads it in this thread. Whatever it throws is `engine/backend-unavailable`. */
export async function loadBackend(name: string): Promise<Backend> {
  const backend = await selectBackend(name)
  try {
    await backend.load()
    return backend
  } catch (error) {
    if (error instanceof TunerError) throw error
    const message = error instanceof Error ? error.message : String(error)
    throw new TunerError('engine/backend-unavailable', `The backend "${backend.name}" did not load: ${message}`, {
      cause: error,
      hint: 'tune doctor tries every backend in a process of its own and shows what each needs.',
    })
  }
}
