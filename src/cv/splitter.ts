import type { RandomStream } from '../core/random.ts'
import type { Dataset } from '../data/dataset.ts'

/** The rows of one fold, by index. */
export interface Fold {
  readonly train: Int32Array
  readonly validation: Int32Array
}

/** Divides rows into folds. A function of (dataset, random) alone: the same folds for every trial of a study. */
export interface Splitter {
  /** `kFold`, `holdout`, ... */
  readonly name: string
  /** The options, as shown by `tune show` and compared on resume. */
  readonly options: { readonly [key: string]: number | string | boolean }
  /** How many folds `split` gives. */
  readonly folds: number
  /** Throws `cv/too-few-rows`. `random` is the study's stream for folds; a splitter with a seed of its own ignores it. */
  split(dataset: Dataset, random: RandomStream): Fold[]
}
