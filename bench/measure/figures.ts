import type { Answer } from '../contestants/contestant.ts'
import { type Case, stepsOf } from '../workloads/cases.ts'

export type Unit = 'trials/min' | 'ms/step' | 'GFLOP/s'

/** What an answer says in the units of the table. */
export function figuresOf(workload: Case, answer: Answer): Partial<Record<Unit, number>> {
  if ('trialsPerMinute' in answer) return { 'trials/min': answer.trialsPerMinute }
  if ('trialSeconds' in answer) return { 'trials/min': 60 / answer.trialSeconds }
  if ('gflops' in answer) return { 'GFLOP/s': answer.gflops }
  return {
    'trials/min': 60 / trialSeconds(workload, answer),
    'ms/step': answer.stepMs,
    'GFLOP/s': workload.flop / (1e6 * answer.stepMs),
  }
}

/**
 * A whole trial from a measured part of it: for every fold the model is built and made ready, then come the epochs, each
 * in proportion to its steps.
 */
export function trialSeconds(
  workload: Case,
  measured: { readonly setupSeconds: number; readonly epochSeconds: number; readonly steps: number },
): number {
  const { folds, epochs } = workload
  const epochSeconds = (measured.epochSeconds * stepsOf(workload)) / measured.steps
  return folds * (measured.setupSeconds + epochs * epochSeconds)
}
