import type { Variable } from '@tensorflow/tfjs-core'
import { core } from './tfjs.ts'

/**
 * Runs `work` and then frees every tensor and variable that came up meanwhile and was not there before: weights,
 * optimizer slots, and what a user's code forgot. One at a time in a thread.
 */
export async function withTensorScope<T>(work: () => Promise<T>): Promise<T> {
  const { registeredVariables } = core.engine()
  const before = new Set(Object.keys(registeredVariables))
  core.engine().startScope()
  try {
    return await work()
  } finally {
    for (const [name, variable] of Object.entries(core.engine().registeredVariables)) {
      if (!before.has(name)) core.engine().disposeVariable(variable as Variable)
    }
    core.engine().endScope()
  }
}
