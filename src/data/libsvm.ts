import { TunerError } from '../core/errors.ts'
import { badShape, checkFinite } from './array-blocks.ts'
import { classTarget } from './class-target.ts'
import { type Dataset, sharedFloats, type Task } from './dataset.ts'
import { readSparseLines } from './libsvm-reader.ts'
import { readDataFile, requirePath } from './read-file.ts'
import { SparseRows } from './sparse-rows.ts'

export interface LibsvmOptions {
  /** How many columns are kept, the first ones: of words sorted by frequency the most frequent. Default: all. */
  readonly columns?: number
  /** Whether every entry counts 1 whatever its value: which words a text has, not how often. Default false. */
  readonly binary?: boolean
  /**
   * What a label means: two classes, divided at a threshold, or what a function makes of it, a number or the name of a
   * class. Default: the label itself.
   */
  readonly target?: { readonly atLeast: number } | ((label: number) => number | string | boolean)
  /** Default: regression where a target is not whole, otherwise classification. */
  readonly task?: Task['kind']
  /**
   * Names of the classes: below a threshold first; for numbers by index, or in their order where they are no indices, like
   * -1 and 1. Default: the distinct targets, sorted.
   */
  readonly classes?: readonly string[]
  /** Whether the first column is 0, not 1. Default: whether there is a column 0, as scikit-learn decides. */
  readonly zeroBased?: boolean
}

/**
 * A dataset with one sparse input, from text files in the format of LIBSVM and SVMlight, gzipped or not: lines of
 * `label column:value column:value ...`. Bags of words come so, among them the IMDB reviews: the rating, then
 * word:count for each word of train/labeledBow.feat. Several files make one dataset, in their order.
 *
 * @param path Relative to the working directory. Undefined is an error that says how to name a file.
 * @throws TunerError `data/file-missing`, `data/bad-format` (columns out of order, no column:value), `data/bad-cell` for
 * what is no number, `data/bad-shape` where classes or columns do not fit, `data/no-rows`.
 */
export async function libsvm(
  path: string | readonly string[] | undefined,
  options: LibsvmOptions = {},
): Promise<Dataset> {
  if (typeof path !== 'object') requirePath(path, 'a file in the format of LIBSVM')
  const paths = [path].flat()
  const files = await Promise.all(paths.map(readDataFile))
  const sparse = new SparseRows()
  const labels = files.flatMap(({ bytes }, i) => {
    const found = readSparseLines(bytes, paths[i] ?? '', sparse, options.binary === true)
    if (found.length === 0) throw new TunerError('data/no-rows', `${paths[i]} has no rows; expected at least one.`)
    return found
  })
  if (labels.length === 0) throw new TunerError('data/no-rows', 'libsvm: expected at least one file.')
  const where = paths.join(', ')
  const first = (options.zeroBased ?? sparse.least === 0) ? 0 : 1
  if (sparse.least < first) {
    throw badShape(`${where}: a column is 0; with zeroBased: false the first one is 1.`)
  }
  const width = options.columns ?? sparse.width - first
  if (!(Number.isInteger(width) && width > 0)) {
    const given = options.columns === undefined ? 'no line names one' : `columns is ${width}`
    throw badShape(`${where}: expected at least one column, but ${given}.`)
  }
  return {
    rows: labels.length,
    inputs: [sparse.toBlock(first, width)],
    ...targetOf(labels, options, where),
    files: files.map(({ file }) => file),
  }
}

function targetOf(
  labels: readonly number[],
  { target, task, classes }: LibsvmOptions,
  where: string,
): Pick<Dataset, 'targets' | 'task'> {
  if (typeof target === 'object') {
    const { atLeast } = target
    const names = classes ?? [`below ${atLeast}`, `at least ${atLeast}`]
    if (names.length !== 2) throw badShape(`${where}: a threshold divides into two classes, got ${names.length} names.`)
    const sides = labels.map((label) => (label >= atLeast ? 1 : 0))
    return classification(sides, names, where)
  }
  const values = target === undefined ? labels : labels.map(target)
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length < values.length) {
    if (task === 'regression') throw badShape(`${where}: a regression needs numbers from target, got texts.`)
    return classification(values.map(String), classes, where)
  }
  const kind = task ?? (classes !== undefined || numbers.every(Number.isInteger) ? 'classification' : 'regression')
  if (kind === 'classification') return classification(indicesAmong(numbers, classes), classes, where)
  const data = sharedFloats(numbers.length)
  data.set(numbers)
  checkFinite(data, 1, `${where}, target`)
  return { task: { kind }, targets: [{ kind: 'dense', data, shape: [1] }] }
}

/** Labels like -1 and 1 by their rank, where there are as many as classes and not all are indices already. */
function indicesAmong(labels: readonly number[], classes: readonly string[] | undefined): readonly number[] {
  if (classes === undefined) return labels
  const distinct = [...new Set(labels)].sort((a, b) => a - b)
  const areIndices = distinct.every((label) => Number.isInteger(label) && label >= 0 && label < classes.length)
  if (areIndices || distinct.length !== classes.length) return labels
  const rankOf = new Map(distinct.map((label, rank) => [label, rank]))
  return labels.map((label) => rankOf.get(label) ?? label)
}

function classification(
  labels: readonly (number | string)[],
  classes: readonly string[] | undefined,
  where: string,
): Pick<Dataset, 'targets' | 'task'> {
  const { task, block } = classTarget(labels, classes, where)
  return { task, targets: [block] }
}
