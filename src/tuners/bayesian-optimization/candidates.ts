import type { RandomStream } from '../../core/random.ts'
import type { Column, Encoding } from './encoding.ts'

/** Of the other columns of a neighbour, about so many are drawn anew. */
const REDRAWN = 3

/** A full row (a value in each column) drawn uniformly. */
export function drawRow(encoding: Encoding, random: RandomStream): Float64Array {
  return Float64Array.from(encoding.columns, (_, c) => drawValue(encoding, c, random))
}

/**
 * A full row near `base`: smooth columns a normal step away, of a size between 0.3 and 0.0003 that is drawn for the
 * whole row; a few of the others drawn anew, and so is what was not active.
 */
export function drawNeighbour(encoding: Encoding, base: Float64Array, random: RandomStream): Float64Array {
  const size = 0.3 * 10 ** (-3 * random.next())
  const share = REDRAWN / Math.max(REDRAWN, encoding.columns.length)
  return base.map((place, c) => {
    const { search } = encoding.columns[c] as Column
    if (place === -1) return drawValue(encoding, c, random)
    if (search !== 'smooth') return random.next() < share ? drawValue(encoding, c, random) : encoding.snap(c, place)
    return encoding.snap(c, Math.min(1, Math.max(0, place + size * random.normal())))
  })
}

function drawValue(encoding: Encoding, c: number, random: RandomStream): number {
  const { dimension, search } = encoding.columns[c] as Column
  return search === 'categories' ? random.integer(dimension.levels) : encoding.snap(c, random.next())
}
