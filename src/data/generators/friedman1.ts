import { RandomStream } from '../../core/random.ts'
import { type Dataset, sharedFloats } from '../dataset.ts'
import { requireWhole } from './options.ts'

export interface Friedman1Options {
  /** Default 200. */
  readonly rows?: number
  /** At least 5: the target depends on the first five only. Default 10. */
  readonly columns?: number
  /** Standard deviation added to the target. Default 1. */
  readonly noise?: number
  /** Default 0. */
  readonly seed?: number
}

/**
 * The regression of Friedman, "Multivariate adaptive regression splines" (1991): inputs uniform in [0, 1),
 * y = 10 sin(pi x1 x2) + 20 (x3 - 0.5)^2 + 10 x4 + 5 x5 + noise. The best possible mean squared error is noise^2.
 */
export function friedman1({ rows = 200, columns = 10, noise = 1, seed = 0 }: Friedman1Options = {}): Dataset {
  requireWhole('friedman1', 'rows', rows, 1)
  requireWhole('friedman1', 'columns', columns, 5)
  const random = new RandomStream(seed).split('friedman1')
  const inputs = sharedFloats(rows * columns)
  const targets = sharedFloats(rows)
  for (let row = 0; row < rows; row++) {
    const x = inputs.subarray(row * columns, (row + 1) * columns)
    for (let column = 0; column < columns; column++) x[column] = random.next()
    targets[row] = friedman(x) + noise * random.normal()
  }
  return {
    rows,
    inputs: [{ kind: 'dense', data: inputs, shape: [columns] }],
    targets: [{ kind: 'dense', data: targets, shape: [1] }],
    task: { kind: 'regression' },
    columns: Array.from({ length: columns }, (_, column) => `x${column + 1}`),
  }
}

function friedman([x1 = 0, x2 = 0, x3 = 0, x4 = 0, x5 = 0]: Float32Array): number {
  return 10 * Math.sin(Math.PI * x1 * x2) + 20 * (x3 - 0.5) ** 2 + 10 * x4 + 5 * x5
}
