import { errorRecord, TunerError } from '../../core/errors.ts'
import type { Params } from '../../core/params.ts'

/** Whatever a user's function throws becomes `model/threw`, with the configuration that made it throw. */
export async function userCode<T>(what: string, params: Params, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (thrown) {
    const { code, message, stack } = errorRecord(thrown)
    if (code !== undefined) throw thrown
    const wrapped = new TunerError('model/threw', `${what} threw with ${JSON.stringify(params)}: ${message}`, {
      cause: thrown,
      hint: `Correct ${what}, or keep such configurations out of the space with a constraint.`,
    })
    if (stack !== undefined) wrapped.stack = stack
    throw wrapped
  }
}
