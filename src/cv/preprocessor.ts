import type { Json } from '../core/json.ts'
import type { Dataset } from '../data/dataset.ts'

/** Learns from training rows how to transform a dataset. It never sees a validation row while it learns. */
export interface Preprocessor {
  readonly name: string
  /** Learns from `rows` of `dataset` alone. Pure. */
  fit(dataset: Dataset, rows: Int32Array): Fitted
}

/** What a preprocessor has learned. */
export interface Fitted {
  /** All rows of a dataset of the same shapes transformed, in new shared memory. Pure. */
  transform(dataset: Dataset): Dataset
  /** What was learned, in full: kept beside a model, so that programs can prepare the rows that they predict from. */
  toJSON(): Json
}
