import { TunerError } from '../core/errors.ts'
import type { TunerContext } from './tuner.ts'

/** The option `maxEpochs` of a tuner with budgets, by default the study's epochs; throws `tuner/bad-option`. */
export function largestBudget(tuner: string, maxEpochs: number | undefined, { epochs }: TunerContext): number {
  if (maxEpochs === undefined || maxEpochs <= epochs) return maxEpochs ?? epochs
  throw new TunerError(
    'tuner/bad-option',
    `Option maxEpochs of ${tuner}: expected at most the study's epochs, ${epochs}, got ${maxEpochs}.`,
    { hint: 'Raise epochs in training, or leave maxEpochs out.' },
  )
}
