import { TunerError } from '../../src/core/errors.ts'

/** The TunerError that `action` throws. */
export function caught(action: () => unknown): TunerError {
  try {
    action()
  } catch (error) {
    if (error instanceof TunerError) return error
    throw error
  }
  throw new Error('Expected a TunerError, but nothing was thrown.')
}
