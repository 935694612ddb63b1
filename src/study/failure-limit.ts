import { type ErrorRecord, errorFromRecord, errorRecord, TunerError } from '../core/errors.ts'
import type { TrialFinished } from '../storage/events.ts'

/** A study whose first trials all fail is broken; one that fails now and then is not. */
const AT_THE_START = 3
const IN_A_ROW = 10

/** Ends a study in which nothing works, so that nobody waits for the last of a hundred failures. */
export class FailureLimit {
  #inARow = 0
  #succeeded = false

  /** Throws the cause of the last failure once there were too many. Divergence is a result, not a fault of the study. */
  finished({ status, cause }: TrialFinished): void {
    if (status !== 'failed') {
      this.#inARow = 0
      this.#succeeded = true
      return
    }
    this.#inARow++
    if (this.#inARow >= (this.#succeeded ? IN_A_ROW : AT_THE_START)) throw brokenStudy(this.#inARow, cause)
  }
}

/** The error of a study in which `count` trials failed and none succeeded: that of the last one, put in place. */
export function brokenStudy(count: number, cause: ErrorRecord | undefined): TunerError {
  const error = errorFromRecord(cause ?? errorRecord('unknown cause'), 'study/all-failed')
  const failed = count === 1 ? 'The only trial failed' : `${count} trials in a row failed`
  const { hint, stack } = error
  const wrapped = new TunerError(error.code, `${failed}, so the study stops. ${error.message}`, {
    cause: error,
    ...(hint === undefined ? {} : { hint }),
  })
  if (stack !== undefined) wrapped.stack = stack
  return wrapped
}
