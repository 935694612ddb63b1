import { TunerError } from '../core/errors.ts'
import { checkWhole } from './check-option.ts'
import type { TunerContext } from './tuner.ts'

/** The option `maxEpochs` of a tuner with budgets, by default the study's epochs; throws `tuner/bad-option`. */
export function largestBudget(of: string, maxEpochs: number | undefined, context: TunerContext): number {
  if (maxEpochs === undefined) return context.epochs
  checkWhole({ of, option: 'maxEpochs', value: maxEpochs, min: 1 })
  if (maxEpochs <= context.epochs) return maxEpochs
  throw new TunerError(
    'tuner/bad-option',
    `${of}: maxEpochs is ${maxEpochs}; the study trains ${context.epochs} epochs.`,
    {
      hint: 'Raise epochs in training, or leave maxEpochs out.',
    },
  )
}
