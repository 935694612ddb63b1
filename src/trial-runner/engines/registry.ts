import type { Isolation } from '../backends/backend.ts'
import { loadBackend, selectBackend } from '../backends/registry.ts'
import type { Engine } from './engine.ts'
import { SimdEngine } from './simd/engine.ts'
import type { Arithmetic } from './simd/kernels/module.ts'
import { TfjsEngine } from './tfjs/engine.ts'

/** Which engines may train a study's models, where and how. */
export interface EngineChoice {
  /** `auto`: the simd engine where it can, otherwise the tfjs engine. */
  readonly engine: 'auto' | 'simd' | 'tfjs'
  /** The tfjs backend: models are built on it, and the tfjs engine trains on it. `auto`: one that is cheap to load. */
  readonly backend: string
  /** Of the simd engine. */
  readonly arithmetic: Arithmetic | 'auto'
}

/**
 * The engines of this thread, the preferred ones first; loads the tfjs backend, which `model()` needs in any case.
 * Throws `engine/backend-unavailable` or `engine/arithmetic-unavailable`, and never takes anything else instead.
 */
export async function loadEngines(choice: EngineChoice): Promise<readonly [Engine, ...Engine[]]> {
  const { engine, backend: backendName, arithmetic } = choice
  const backend = await loadBackend(backendName)
  const tfjs = new TfjsEngine(backend.name)
  if (engine === 'tfjs') return [tfjs]
  const simd = new SimdEngine({ arithmetic })
  return engine === 'simd' ? [simd] : [simd, tfjs]
}

/** What each of several processes that train a study is to have in its environment. */
export async function environmentsFor({ backend }: EngineChoice, count: number): Promise<Record<string, string>[]> {
  const selected = await selectBackend(backend)
  return Array.from({ length: count }, (_, index) => ({ ...selected.environment?.({ index, count }) }))
}

/** Where workers should train a study: what is native may crash, and that should cost a job only. */
export async function isolationFor({ backend }: EngineChoice): Promise<Isolation> {
  return (await selectBackend(backend)).isolation
}
