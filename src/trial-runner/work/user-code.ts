import { TunerError } from '../../core/errors.ts'
import type { Params } from '../../core/params.ts'

/** Whatever a user's function throws becomes `model/threw`, with the configuration that made it throw. */
export async function userCode<T>(what: string, params: Params, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof TunerError) throw error
    const message = error instanceof Error ? error.message : String(error)
    const wrapped = new TunerError('model/threw', `${what} threw with ${JSON.stringify(params)}: ${message}`, {
      cause: error,
      hint: `Correct ${what}, or keep such configurations out of the space with a constraint.`,
    })
    if (error instanceof Error && error.stack !== undefined) wrapped.stack = error.stack
    throw wrapped
  }
}
