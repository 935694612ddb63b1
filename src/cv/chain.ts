import type { Preprocessor } from './preprocessor.ts'

/** Several preprocessors, one after the other, each fitted on what the one before it made of the training rows. */
export function chain(first: Preprocessor, ...others: readonly Preprocessor[]): Preprocessor {
  const steps = [first, ...others]
  return {
    name: steps.map((step) => step.name).join(' > '),
    fitTransform: (dataset, rows) => steps.reduce((result, step) => step.fitTransform(result, rows), dataset),
  }
}
