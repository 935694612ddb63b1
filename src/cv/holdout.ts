import { TunerError } from '../core/errors.ts'
import { RandomStream } from '../core/random.ts'
import { foldsOf } from './folds.ts'
import type { ShuffleOptions } from './k-fold.ts'
import type { Splitter } from './splitter.ts'

/**
 * One fold: the given fraction of the rows validates, rounded to whole rows and at least one, the rest trains. Without
 * shuffling the last rows validate. Throws `cv/bad-split` for a fraction that is not between 0 and 1; `split` throws
 * `cv/too-few-rows` for fewer than 2 rows.
 */
export function holdout(fraction: number, { shuffle = true, seed }: ShuffleOptions = {}): Splitter {
  if (!(fraction > 0 && fraction < 1)) {
    throw new TunerError(
      'cv/bad-split',
      `holdout(${fraction}): expected the fraction of rows that validate, between 0 and 1.`,
      { hint: 'For example holdout(0.2).' },
    )
  }
  return {
    name: 'holdout',
    options: { fraction, shuffle, ...(seed === undefined ? {} : { seed }) },
    folds: 1,
    split({ rows }, random) {
      if (rows < 2) {
        throw new TunerError('cv/too-few-rows', `A holdout needs at least 2 rows; the dataset has ${rows}.`, {
          hint: 'Use more data.',
        })
      }
      const order = Int32Array.from({ length: rows }, (_, row) => row)
      if (shuffle) (seed === undefined ? random : new RandomStream(seed)).shuffle(order)
      const validationRows = Math.min(rows - 1, Math.max(1, Math.round(fraction * rows)))
      const foldOf = new Int32Array(rows).fill(-1)
      for (const row of order.subarray(rows - validationRows)) foldOf[row] = 0
      return foldsOf(foldOf, 1)
    },
  }
}
