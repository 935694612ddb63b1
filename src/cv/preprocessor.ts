import type { Dataset } from '../data/dataset.ts'

/** Learns from training rows and transforms a whole dataset. It never sees a validation row while it learns. */
export interface Preprocessor {
  readonly name: string
  /** Fitted on `rows` of `dataset` alone; returns all rows transformed, in new shared memory. Pure. */
  fitTransform(dataset: Dataset, rows: Int32Array): Dataset
}
