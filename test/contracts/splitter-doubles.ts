import { foldsOf } from '../../src/cv/folds.ts'
import { kFold } from '../../src/cv/k-fold.ts'
import type { Fold, Splitter } from '../../src/cv/splitter.ts'
import type { splitterRules } from './splitter.ts'

const right = kFold(3, { seed: 5 })

const spoilt = (spoil: (folds: Fold[]) => Fold[]): Splitter => ({
  ...right,
  split: (dataset, random) => spoil(right.split(dataset, random)),
})

let calls = 0

/** For each rule a splitter that breaks it. */
export const brokenSplitters: Readonly<Record<keyof typeof splitterRules, Splitter>> = {
  'gives as many folds as it says': { ...right, folds: 4 },
  'has rows to train and to validate in each fold': spoilt(([first, ...others]) => [
    { train: first?.validation ?? new Int32Array(), validation: new Int32Array() },
    ...others,
  ]),
  'uses each row of the dataset once in each fold': spoilt((folds) =>
    folds.map(({ train, validation }) => ({ train: train.subarray(1), validation })),
  ),
  'validates no row twice': spoilt(([first, second]) => [first, second, first].filter((fold) => fold !== undefined)),
  'validates every row where there are several folds': spoilt((folds) =>
    folds.map(({ train, validation }) => ({
      train: Int32Array.of(...train, validation[0] ?? 0).sort(),
      validation: validation.subarray(1),
    })),
  ),
  'gives the rows of each part in ascending order': spoilt((folds) =>
    folds.map(({ train, validation }) => ({ train: train.reverse(), validation })),
  ),
  'gives the same folds for the same stream': {
    ...right,
    split: ({ rows }) => {
      calls++
      return foldsOf(
        Int32Array.from({ length: rows }, (_, row) => (row + (row < 3 ? 0 : calls)) % 3),
        3,
      )
    },
  },
}
