import { RandomStream } from '../../src/core/random.ts'
import type { Fold, Splitter } from '../../src/cv/splitter.ts'
import type { Dataset } from '../../src/data/dataset.ts'

/** A rule that holds for the folds of every splitter: nothing, or what is wrong. */
type Rule = (splitter: Splitter, dataset: Dataset) => string | undefined

const folds = (splitter: Splitter, dataset: Dataset, seed = 1): Fold[] =>
  splitter.split(dataset, new RandomStream(seed))

const ascends = (rows: Int32Array): boolean => rows.every((row, i) => i === 0 || row > (rows[i - 1] ?? row))

const text = (all: readonly Fold[]): string => all.map(({ train, validation }) => `${train}|${validation}`).join(' ')

/** The contract of {@link Splitter}. */
export const splitterRules: Readonly<Record<string, Rule>> = {
  'gives as many folds as it says': (splitter, dataset) => {
    const count = folds(splitter, dataset).length
    return count === splitter.folds ? undefined : `${count} folds, said ${splitter.folds}`
  },
  'has rows to train and to validate in each fold': (splitter, dataset) =>
    folds(splitter, dataset).every(({ train, validation }) => train.length > 0 && validation.length > 0)
      ? undefined
      : 'an empty part',
  'uses each row of the dataset once in each fold': (splitter, dataset) => {
    const all = Array.from({ length: dataset.rows }, (_, row) => row).join()
    const wrong = folds(splitter, dataset).find(
      ({ train, validation }) => [...train, ...validation].sort((a, b) => a - b).join() !== all,
    )
    return wrong && `${wrong.train}|${wrong.validation}`
  },
  'validates no row twice': (splitter, dataset) => {
    const rows = folds(splitter, dataset).flatMap(({ validation }) => [...validation])
    return new Set(rows).size === rows.length ? undefined : `${rows}`
  },
  'validates every row where there are several folds': (splitter, dataset) => {
    const rows = folds(splitter, dataset).flatMap(({ validation }) => [...validation])
    return splitter.folds === 1 || rows.length === dataset.rows ? undefined : `${rows.length} of ${dataset.rows}`
  },
  'gives the rows of each part in ascending order': (splitter, dataset) =>
    folds(splitter, dataset).every(({ train, validation }) => ascends(train) && ascends(validation))
      ? undefined
      : 'not ascending',
  'gives the same folds for the same stream': (splitter, dataset) => {
    const first = text(folds(splitter, dataset))
    const second = text(folds(splitter, dataset))
    return first === second ? undefined : `${first}, then ${second}`
  },
}

/** The names of the rules that a splitter breaks. */
export function brokenRules(splitter: Splitter, dataset: Dataset): string[] {
  return Object.keys(splitterRules).filter((name) => splitterRules[name]?.(splitter, dataset) !== undefined)
}
