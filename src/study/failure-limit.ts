import { errorFromRecord, errorRecord, TunerError } from '../core/errors.ts'
import type { FoldRecord } from '../core/trial.ts'

/** A study whose first trials all fail is broken; one that fails now and then is not. */
const AT_THE_START = 3
const IN_A_ROW = 10

/** Ends a study in which nothing works, so that nobody waits for the last of a hundred failures. */
export class FailureLimit {
  #inARow = 0
  #succeeded = false

  succeeded(): void {
    this.#inARow = 0
    this.#succeeded = true
  }

  /** Throws the cause once there were too many. Divergence is a result, not a fault of the study. */
  failed({ status, cause }: FoldRecord): void {
    if (status !== 'failed') return
    this.#inARow++
    if (this.#inARow >= (this.#succeeded ? IN_A_ROW : AT_THE_START)) throw brokenStudy(this.#inARow, cause)
  }
}

/** The error of a study in which `count` trials failed and none succeeded: that of the last one, put in place. */
export function brokenStudy(count: number, cause: FoldRecord['cause']): TunerError {
  const error = errorFromRecord(cause ?? errorRecord('unknown cause'), 'study/all-failed')
  const said = `${count === 1 ? 'The only trial' : `${count} trials in a row`} failed, so the study stops. ${error.message}`
  const { hint, stack } = error
  const wrapped = new TunerError(error.code, said, hint === undefined ? { cause: error } : { hint, cause: error })
  if (stack !== undefined) wrapped.stack = stack
  return wrapped
}
