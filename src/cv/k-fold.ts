import { TunerError } from '../core/errors.ts'
import { RandomStream } from '../core/random.ts'
import { foldsOf } from './folds.ts'
import type { Splitter } from './splitter.ts'

export interface ShuffleOptions {
  /** Divide the rows in a random order, not in the order of the dataset. Default true. */
  readonly shuffle?: boolean
  /** Of the shuffle. Default: the study's seed. */
  readonly seed?: number
}

/**
 * Divides the rows into k parts of equal size, the first `rows % k` of them one row larger; each part validates once.
 * Throws `cv/bad-split` for a k that is not whole or below 2; `split` throws `cv/too-few-rows` for fewer than k rows.
 */
export function kFold(k: number, { shuffle = true, seed }: ShuffleOptions = {}): Splitter {
  requireFolds('kFold', k)
  return {
    name: 'kFold',
    options: { k, shuffle, ...(seed === undefined ? {} : { seed }) },
    folds: k,
    split({ rows }, random) {
      requireRows(k, rows)
      const order = Int32Array.from({ length: rows }, (_, row) => row)
      if (shuffle) (seed === undefined ? random : new RandomStream(seed)).shuffle(order)
      const foldOf = new Int32Array(rows)
      let from = 0
      for (let fold = 0; fold < k; fold++) {
        const to = from + Math.floor(rows / k) + (fold < rows % k ? 1 : 0)
        for (const row of order.subarray(from, to)) foldOf[row] = fold
        from = to
      }
      return foldsOf(foldOf, k)
    },
  }
}

export function requireFolds(name: string, k: number): void {
  if (Number.isInteger(k) && k >= 2) return
  throw new TunerError('cv/bad-split', `${name}(${k}): expected a whole number of folds, at least 2.`, {
    hint: 'For a single split write holdout(0.2).',
  })
}

export function requireRows(k: number, rows: number): void {
  if (k <= rows) return
  throw new TunerError('cv/too-few-rows', `${k} folds need at least ${k} rows; the dataset has ${rows}.`, {
    hint: rows >= 2 ? `Use at most ${rows} folds.` : 'Use more data.',
  })
}
