import type { Json } from '../core/json.ts'
import type { StudyRecord } from '../core/study.ts'
import { selectBackend } from '../trial-runner/backends/registry.ts'
import type { EngineChoice } from '../trial-runner/engines/registry.ts'
import { resolveArithmetic } from '../trial-runner/engines/simd/kernels/module.ts'

/**
 * What trains a study. Numbers depend on it in their last bits, so a kept study goes on with what it was started with,
 * and `auto` arithmetic is decided when a study begins. Throws `engine/arithmetic-unavailable` where a kept study cannot
 * have its arithmetic here.
 */
export async function chooseEngines(
  wanted: Partial<EngineChoice>,
  kept: StudyRecord | undefined,
): Promise<EngineChoice> {
  const before = (kept?.settings.engines ?? {}) as { readonly [key: string]: Json } & Partial<EngineChoice>
  const choice: EngineChoice = { engine: 'auto', backend: 'auto', arithmetic: 'auto', ...before, ...wanted }
  // What no worker can use is the study's fault, not a trial's.
  await selectBackend(choice.backend)
  if (choice.engine === 'tfjs' || choice.backend !== 'auto') return choice
  return { ...choice, arithmetic: resolveArithmetic(choice.arithmetic) }
}
