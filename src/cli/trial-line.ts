import type { ErrorRecord } from '../core/errors.ts'
import type { Objective } from '../core/study.ts'
import type { TrialRecord } from '../core/trial.ts'
import { shownMetrics } from './metrics-shown.ts'
import { short, shortParam } from './numbers.ts'

/** A finished trial on one line: `trial 3  val_loss 9.812  val_mae 2.31  dropout 0.12`, or why it failed. */
export function trialLine(trial: TrialRecord, objective: Objective, searched: readonly string[]): string {
  const { number, status, metrics, value, cause } = trial
  const measured = shownMetrics([trial], objective).flatMap((name) => {
    const mean = metrics[name]?.mean ?? (name === objective.metric ? value : undefined)
    return mean === undefined ? [] : [`${name} ${short(mean)}`]
  })
  const told = cause === undefined ? paramWords(trial, searched) : [causeInWords(cause)]
  return [`trial ${number}`, ...(status === 'complete' ? [] : [status]), ...measured, ...told].join('  ')
}

/** `units 64`, `dropout 0.12`: the parameters that were searched and are active. */
export function paramWords({ params }: TrialRecord, searched: readonly string[]): string[] {
  return searched.flatMap((name) => {
    const value = params[name]
    return value === undefined ? [] : [`${name} ${shortParam(value)}`]
  })
}

/** Why a trial failed, on one line. */
export function causeInWords({ code, message }: ErrorRecord): string {
  const said = message.replace(/\s+/g, ' ').trim()
  return code === undefined ? said : `${code}: ${said}`
}
