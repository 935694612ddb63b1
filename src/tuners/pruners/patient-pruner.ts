import { checkOptions, numberWithin, wholeNumber } from '../options.ts'
import type { Pruner } from '../pruner.ts'
import { curveSoFar, lowest } from './fold-curve.ts'

export interface PatientPrunerOptions {
  /** So many epochs in a row may pass without an improvement. */
  readonly patience: number
  /** What falls short of the best by no more than this does not count against the trial. Default 0. */
  readonly minDelta?: number
}

/**
 * Lets a trial go on, whatever `inner` says, until the best of its last `patience` + 1 epochs in the fold is worse than
 * the best before them (Optuna's PatientPruner). Throws `tuner/bad-option`.
 */
export function patientPruner(inner: Pruner, options: PatientPrunerOptions): Pruner {
  const name = 'patientPruner'
  const rules = { patience: wholeNumber(0), minDelta: numberWithin(0, Number.POSITIVE_INFINITY) }
  const checked = checkOptions(name, { ...options, patience: options.patience ?? null }, rules, ['inner'])
  const { patience, minDelta = 0 } = options
  return {
    name,
    toJSON: () => ({ name, options: { ...checked, inner: inner.toJSON?.() ?? { name: inner.name, options: {} } } }),
    decide(trial, moment, history) {
      const curve = curveSoFar(trial, moment)
      if (curve.length <= patience + 1) return 'continue'
      const isWorse = lowest(curve.slice(0, -patience - 1)) + minDelta < lowest(curve.slice(-patience - 1))
      return isWorse ? inner.decide(trial, moment, history) : 'continue'
    },
  }
}
