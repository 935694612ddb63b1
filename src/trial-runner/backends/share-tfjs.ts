import { core, layers } from '../engines/tfjs/tfjs.ts'
import { SHARED_TFJS } from './setup/shared-tfjs.ts'

/** Gives our copy of tfjs to packages of a setup, in place of one of their own. */
export function shareTfjs(): void {
  const shared = { ...core, ...layers, version: { tfjs: core.version_core } }
  ;(globalThis as Record<symbol, unknown>)[Symbol.for(SHARED_TFJS)] = shared
}
