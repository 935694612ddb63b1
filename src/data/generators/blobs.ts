import { RandomStream } from '../../core/random.ts'
import { type Dataset, sharedFloats } from '../dataset.ts'
import { requireWhole } from './options.ts'

export interface BlobsOptions {
  /** Default 200. */
  readonly rows?: number
  /** Default 2. */
  readonly columns?: number
  /** Default 3. */
  readonly classes?: number
  /** Standard deviation of each class in each column. Default 1. */
  readonly spread?: number
  /** Default 0. */
  readonly seed?: number
}

/**
 * Normally distributed classes around centres drawn uniformly from [-10, 10] in each column. The classes take turns
 * from row to row, so that row r is of class r % classes.
 */
export function blobs({ rows = 200, columns = 2, classes = 3, spread = 1, seed = 0 }: BlobsOptions = {}): Dataset {
  requireWhole('blobs', 'classes', classes, 2)
  requireWhole('blobs', 'rows', rows, classes)
  requireWhole('blobs', 'columns', columns, 1)
  const random = new RandomStream(seed).split('blobs')
  const centres = Float64Array.from({ length: classes * columns }, () => 20 * random.next() - 10)
  const inputs = sharedFloats(rows * columns)
  const labels = sharedFloats(rows)
  for (let row = 0; row < rows; row++) {
    const label = row % classes
    labels[row] = label
    for (let column = 0; column < columns; column++) {
      inputs[row * columns + column] = (centres[label * columns + column] ?? 0) + spread * random.normal()
    }
  }
  return {
    rows,
    inputs: [{ kind: 'dense', data: inputs, shape: [columns] }],
    targets: [{ kind: 'dense', data: labels, shape: [1] }],
    task: { kind: 'classification', classes: Array.from({ length: classes }, (_, label) => `blob ${label + 1}`) },
    columns: Array.from({ length: columns }, (_, column) => `x${column + 1}`),
  }
}
