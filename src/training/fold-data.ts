import type { Dataset } from '../data/dataset.ts'

/** What one fold trains on and is validated on: a preprocessed dataset and two sets of row numbers. */
export interface FoldData {
  readonly dataset: Dataset
  readonly train: Int32Array
  readonly validation: Int32Array
}
