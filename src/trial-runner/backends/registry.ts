import { TunerError } from '../../core/errors.ts'
import type { Backend } from './backend.ts'
import { cpu } from './cpu.ts'
import { wasm } from './wasm.ts'

/** All backends, the preferred ones first. */
const backends: readonly Backend[] = [wasm, cpu]

/** The backend of that name, or the first usable one for `auto`. Throws `engine/backend-unavailable`. */
export async function selectBackend(name: string): Promise<Backend> {
  if (name === 'auto') {
    for (const backend of backends) if ((await backend.probe()) === true) return backend
  }
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
  return backend
}
