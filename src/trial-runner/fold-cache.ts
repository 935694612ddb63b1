import { RandomStream } from '../core/random.ts'
import type { Fold } from '../cv/splitter.ts'
import type { Dataset } from '../data/dataset.ts'
import type { FoldData } from '../training/fold-data.ts'
import type { Workload } from './workload.ts'

/** The folds of a study: the same rows for every trial, each preprocessed once, on its own training rows. */
export class FoldCache {
  readonly #workload: Workload
  readonly #dataset: Dataset
  readonly #seed: number
  readonly #ready = new Map<number, FoldData>()
  #folds: Fold[] | undefined

  constructor(workload: Workload, dataset: Dataset, seed: number) {
    this.#workload = workload
    this.#dataset = dataset
    this.#seed = seed
  }

  fold(number: number): FoldData {
    const known = this.#ready.get(number)
    if (known !== undefined) return known
    this.#folds ??= this.#workload.validation?.split(this.#dataset, new RandomStream(this.#seed).split('folds')) ?? []
    const fold = this.#folds[number]
    if (fold === undefined) throw new Error(`There is no fold ${number}.`)
    const dataset = this.#workload.preprocess?.fit(this.#dataset, fold.train).transform(this.#dataset) ?? this.#dataset
    const data = { dataset, train: fold.train, validation: fold.validation }
    this.#ready.set(number, data)
    return data
  }
}
