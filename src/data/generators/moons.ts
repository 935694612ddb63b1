import { RandomStream } from '../../core/random.ts'
import { type Dataset, sharedFloats } from '../dataset.ts'
import { requireWhole } from './options.ts'

export interface MoonsOptions {
  /** Default 200. */
  readonly rows?: number
  /** Standard deviation added to both coordinates. Default 0.1. */
  readonly noise?: number
  /** Default 0. */
  readonly seed?: number
}

/**
 * Two half circles of radius 1 that reach into each other, a classification of points of the plane: `upper` around
 * (0, 0), `lower` around (1, 0.5). The classes alternate from row to row.
 */
export function moons({ rows = 200, noise = 0.1, seed = 0 }: MoonsOptions = {}): Dataset {
  requireWhole('moons', 'rows', rows, 2)
  const random = new RandomStream(seed).split('moons')
  const points = sharedFloats(2 * rows)
  const labels = sharedFloats(rows)
  for (let row = 0; row < rows; row++) {
    const label = row % 2
    const angle = Math.PI * random.next()
    const x = label === 0 ? Math.cos(angle) : 1 - Math.cos(angle)
    const y = label === 0 ? Math.sin(angle) : 0.5 - Math.sin(angle)
    points[2 * row] = x + noise * random.normal()
    points[2 * row + 1] = y + noise * random.normal()
    labels[row] = label
  }
  return {
    rows,
    inputs: [{ kind: 'dense', data: points, shape: [2] }],
    targets: [{ kind: 'dense', data: labels, shape: [1] }],
    task: { kind: 'classification', classes: ['upper', 'lower'] },
    columns: ['x', 'y'],
  }
}
