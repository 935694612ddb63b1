import { TunerError } from '../core/errors.ts'
import { RandomStream } from '../core/random.ts'
import type { Dataset } from '../data/dataset.ts'
import { foldsOf } from './folds.ts'
import { requireFolds, requireRows, type ShuffleOptions } from './k-fold.ts'
import type { Splitter } from './splitter.ts'

/**
 * k folds with the classes in the same proportions in each, to within one row. Sizes as scikit-learn's StratifiedKFold.
 * Throws `cv/bad-split` for a k that is not whole or below 2; `split` throws `cv/bad-split` where the target is not a
 * class, and `cv/too-few-rows` for fewer than k rows.
 */
export function stratifiedKFold(k: number, { shuffle = true, seed }: ShuffleOptions = {}): Splitter {
  requireFolds('stratifiedKFold', k)
  return {
    name: 'stratifiedKFold',
    options: { k, shuffle, ...(seed === undefined ? {} : { seed }) },
    folds: k,
    split(dataset, random) {
      requireRows(k, dataset.rows)
      const stream = seed === undefined ? random : new RandomStream(seed)
      const foldOf = new Int32Array(dataset.rows)
      // One deal over all classes: where one class ends its round of the folds, the next goes on.
      let dealt = 0
      for (const rows of rowsByClass(dataset)) {
        const turns = Int32Array.from(rows, () => dealt++ % k).sort()
        if (shuffle) stream.shuffle(turns)
        for (const [i, row] of rows.entries()) foldOf[row] = turns[i] ?? 0
      }
      return foldsOf(foldOf, k)
    },
  }
}

/** The classes in order of their first row. */
function rowsByClass({ task, targets, rows }: Dataset): number[][] {
  if (task.kind !== 'classification') {
    throw new TunerError(
      'cv/bad-split',
      'stratifiedKFold needs a class as target; this one is a number (regression).',
      {
        hint: "Use kFold, or read the data with task: 'classification'.",
      },
    )
  }
  const byClass = new Map<number, number[]>()
  for (let row = 0; row < rows; row++) {
    const label = targets[0].data[row] ?? 0
    const found = byClass.get(label)
    if (found === undefined) byClass.set(label, [row])
    else found.push(row)
  }
  return [...byClass.values()]
}
