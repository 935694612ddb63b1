import { registerChainedOps } from './chained-ops.ts'
import { registerMissingGradients } from './missing-gradients.ts'
import { core, layers } from './tfjs.ts'

/** What a study's `model({ tf })` is given: TensorFlow.js's core and layers, as its umbrella package has them. */
export type TensorFlow = Omit<typeof core, 'default'> & Omit<typeof layers, 'default'>

registerChainedOps()
registerMissingGradients()
// Spares every worker tfjs's greeting and its checks for debugging.
core.enableProdMode()

export const tf: TensorFlow = { ...core, ...layers }
