import type { Arena } from './arena.ts'

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
  /** Where this becomes taken, the step is left out. */
  readonly unless?: { readonly taken: boolean }
  run(batch: Batch): void
}

/** Brings rows order[from] .. order[from + rows - 1] of the data into the arena; rows from there to `padded` become 0. */
export type Feed = (arena: Arena, order: Int32Array, from: number, rows: number, padded: number) => void
