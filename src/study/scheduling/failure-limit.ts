import { type ErrorCode, type ErrorRecord, errorFromRecord, errorRecord, TunerError } from '../../core/errors.ts'
import type { TrialFinished } from '../../storage/events.ts'
import type { FaultPolicy } from './faults.ts'

type Limits = Pick<FaultPolicy, 'failuresAtTheStart' | 'failuresInARow'>

/**
 * Ends a study in which nothing works, so that nobody waits for the last of a hundred failures: a study whose first
 * trials all fail is broken, one that fails now and then is not.
 */
export class FailureLimit {
  readonly #limits: Limits
  #inARow = 0
  #succeeded = false

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** Throws the cause of the last failure once there were too many. Divergence is a result, not a fault of the study. */
  finished({ status, cause }: TrialFinished): void {
    if (status !== 'failed') {
      this.#inARow = 0
      this.#succeeded = true
      return
    }
    this.#inARow++
    const { failuresAtTheStart, failuresInARow } = this.#limits
    if (this.#inARow >= (this.#succeeded ? failuresInARow : failuresAtTheStart)) throw brokenStudy(this.#inARow, cause)
  }
}

/** What keeps a worker from training anything. */
const UNAVAILABLE: readonly (ErrorCode | undefined)[] = ['engine/backend-unavailable', 'engine/arithmetic-unavailable']

/**
 * Throws the cause of a fold's failure where the chosen backend or arithmetic could not be had in its worker: another
 * trial would fare no better, and nothing else may train it in their place.
 */
export function refuseUnavailable(cause: ErrorRecord): void {
  if (UNAVAILABLE.includes(cause.code)) throw errorFromRecord(cause, 'engine/backend-unavailable')
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
