/** The rows that a step works on. One object for a whole training, changed from batch to batch. */
export interface Batch {
  /** Rows of data. */
  rows: number
  /** Rows that kernels compute: `rows` rounded up to a multiple of 4. */
  padded: number
  /** Counted from 1. */
  epoch: number
  /** Counted from 0 within the epoch. */
  step: number
}

/** One line of a plan: a call of a kernel, or a few. */
export interface Step {
  /** The layer it belongs to, or what else it is for. */
  readonly of: string
  /** What it computes: `y = relu(x · kernel + bias)`. */
  readonly text: string
  run(batch: Batch): void
}
