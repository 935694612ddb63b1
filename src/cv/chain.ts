import type { Json } from '../core/json.ts'
import type { Dataset } from '../data/dataset.ts'
import type { Fitted, Preprocessor } from './preprocessor.ts'

/** Several preprocessors, one after the other, each fitted on what the one before it made of the training rows. */
export function chain(first: Preprocessor, ...others: readonly Preprocessor[]): Preprocessor {
  const name = [first, ...others].map((step) => step.name).join(' > ')
  return {
    name,
    fit(dataset, rows) {
      let [made, learned] = [dataset, first.fit(dataset, rows)]
      const fitted = [learned]
      for (const step of others) {
        made = learned.transform(made)
        learned = step.fit(made, rows)
        fitted.push(learned)
      }
      return new FittedChain(name, fitted)
    },
  }
}

/** Several fitted preprocessors, one after the other. */
export class FittedChain implements Fitted {
  readonly #name: string
  readonly #steps: readonly Fitted[]

  constructor(name: string, steps: readonly Fitted[]) {
    this.#name = name
    this.#steps = steps
  }

  transform(dataset: Dataset): Dataset {
    return this.#steps.reduce((made, step) => step.transform(made), dataset)
  }

  toJSON(): { readonly name: string; readonly steps: readonly Json[] } {
    return { name: this.#name, steps: this.#steps.map((step) => step.toJSON()) }
  }
}
