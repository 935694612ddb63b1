import { TunerError } from '../../core/errors.ts'
import type { Objective } from '../../core/study.ts'
import type { TrialRecord } from '../../core/trial.ts'
import { isBetter } from '../../training/early-stopping.ts'

/** When a study ends before its tuner does. Whichever comes first; trials under way are finished. */
export interface StopRules {
  /** This many trials, of whatever outcome. */
  readonly trials?: number
  /** Wall-clock time of one run, in seconds. */
  readonly seconds?: number
  /** The objective is at least as good as this. */
  readonly value?: number
  /** So many complete trials in a row without a better value. */
  readonly patience?: number
}

/** Throws `study/bad-definition` at a rule that is no positive number (for `value`: no number). */
export function checkStopRules(rules: StopRules): void {
  for (const [name, value] of Object.entries(rules)) {
    const known = ['trials', 'seconds', 'value', 'patience'].includes(name)
    const fits = typeof value === 'number' && Number.isFinite(value) && (name === 'value' || value > 0)
    if (known && fits) continue
    throw new TunerError(
      'study/bad-definition',
      `stop: ${name} is ${JSON.stringify(value)}; expected numbers for trials, seconds, value, patience.`,
      {
        hint: 'Write for example stop: { seconds: 600, patience: 20 }.',
      },
    )
  }
}

/** Why a study should propose nothing more, in words; undefined: it should go on. */
export function reasonToStop(
  rules: StopRules,
  trials: readonly TrialRecord[],
  { direction }: Objective,
  elapsedMs: number,
): string | undefined {
  if (rules.trials !== undefined && trials.length >= rules.trials) return `${rules.trials} trials are done`
  if (rules.seconds !== undefined && elapsedMs >= 1000 * rules.seconds) return `${rules.seconds} s have passed`
  if (rules.value === undefined && rules.patience === undefined) return undefined
  let best = Number.NaN
  let since = 0
  for (const { status, value } of trials) {
    if (status !== 'complete' || value === undefined) continue
    since++
    if (!isBetter(value, best, direction)) continue
    best = value
    since = 0
  }
  const { value: target, patience } = rules
  if (target !== undefined && !Number.isNaN(best) && !isBetter(target, best, direction)) return `${target} is reached`
  if (patience !== undefined && since >= patience) return `${patience} trials brought no better value`
  return undefined
}
