import type { Json } from '../core/json.ts'
import type { StudyRecord } from '../core/study.ts'
import type { EngineChoice } from '../trial-runner/engines/registry.ts'
import { resolveArithmetic } from '../trial-runner/engines/simd/kernels/module.ts'

/**
 * What trains a study. Numbers depend on it in their last bits, so a kept study goes on with what it was started with,
 * and `auto` arithmetic is decided when a study begins. Throws `engine/arithmetic-unavailable` where a kept study cannot
 * have its arithmetic here.
 */
export function chooseEngines(wanted: Partial<EngineChoice>, kept: StudyRecord | undefined): EngineChoice {
  const before = (kept?.settings.engines ?? {}) as { readonly [key: string]: Json } & Partial<EngineChoice>
  const choice: EngineChoice = { engine: 'auto', backend: 'auto', arithmetic: 'auto', ...before, ...wanted }
  if (choice.engine === 'tfjs' || choice.backend !== 'auto') return choice
  return { ...choice, arithmetic: resolveArithmetic(choice.arithmetic) }
}
