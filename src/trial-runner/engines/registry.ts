import { selectBackend } from '../backends/registry.ts'
import type { Engine } from './engine.ts'
import { TfjsEngine } from './tfjs/engine.ts'

/** The engines of this thread, the fastest first; loads the tfjs backend that they and `model()` use. */
export async function loadEngines(backendName: string): Promise<readonly [Engine, ...Engine[]]> {
  const backend = await selectBackend(backendName)
  await backend.load()
  return [new TfjsEngine(backend.name)]
}
