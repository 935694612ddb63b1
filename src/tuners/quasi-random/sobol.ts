import type { RandomStream } from '../../core/random.ts'
import { directionNumbers } from './direction-numbers.ts'

/** One dimension: 32 direction numbers, and what every point is xor-ed with. */
interface Column {
  readonly directions: Uint32Array
  readonly shift: number
}

const BITS = 32

/** How many dimensions there are numbers for. */
export const sobolDimensions = directionNumbers.length + 1

/**
 * Sobol's sequence in `dimensions` (up to {@link sobolDimensions}) with the direction numbers of Joe and Kuo: any point
 * by its index. With `random` it is scrambled, a random linear map of the digits and a digital shift for each dimension
 * (Matoušek, "On the L2-Discrepancy for Anchored Boxes", 1998), which keeps its even spread and takes away its bias.
 */
export class Sobol {
  readonly #columns: readonly Column[]

  constructor(dimensions: number, random?: RandomStream) {
    this.#columns = Array.from({ length: dimensions }, (_, dimension) => {
      const directions = directionsOf(dimension)
      return random === undefined ? { directions, shift: 0 } : scrambled(directions, random.split('sobol', dimension))
    })
  }

  /** Point `index` (from 0, below 2^31), written into the first coordinates of `target`; each is in [0, 1). */
  point(index: number, target: Float64Array): void {
    const gray = index ^ (index >>> 1)
    this.#columns.forEach(({ directions, shift }, dimension) => {
      let x = shift
      for (let bits = gray, k = 0; bits !== 0; bits >>>= 1, k++) if (bits & 1) x ^= directions[k] as number
      target[dimension] = (x >>> 0) / 2 ** BITS
    })
  }
}

/** The recurrence of Bratley and Fox, "Algorithm 659", 1988. */
function directionsOf(dimension: number): Uint32Array {
  const directions = new Uint32Array(BITS)
  const [polynomial = 1, ...initial] = dimension === 0 ? [] : (directionNumbers[dimension - 1] as readonly number[])
  const degree = initial.length
  for (let k = 0; k < BITS; k++) {
    if (degree === 0) directions[k] = 2 ** (BITS - 1 - k)
    else if (k < degree) directions[k] = (initial[k] as number) * 2 ** (BITS - 1 - k)
    else {
      let next = (directions[k - degree] as number) ^ ((directions[k - degree] as number) >>> degree)
      for (let i = 1; i < degree; i++) {
        if ((polynomial >>> (degree - i)) & 1) next ^= directions[k - i] as number
      }
      directions[k] = next >>> 0
    }
  }
  return directions
}

/** Digit i of a point becomes itself plus a random combination of the more significant ones. */
function scrambled(directions: Uint32Array, random: RandomStream): Column {
  const word = () => Math.floor(random.next() * 2 ** BITS) >>> 0
  const rows = Uint32Array.from({ length: BITS }, (_, digit) => {
    const own = 2 ** (BITS - 1 - digit)
    const above = digit === 0 ? 0 : word() & ~(2 * own - 1)
    return (above | own) >>> 0
  })
  const mapped = directions.map((direction) => {
    let image = 0
    rows.forEach((row, digit) => {
      if (parity(row & direction)) image |= 1 << (BITS - 1 - digit)
    })
    return image >>> 0
  })
  return { directions: mapped, shift: word() }
}

function parity(word: number): number {
  let folded = word ^ (word >>> 16)
  folded ^= folded >>> 8
  folded ^= folded >>> 4
  folded ^= folded >>> 2
  folded ^= folded >>> 1
  return folded & 1
}
