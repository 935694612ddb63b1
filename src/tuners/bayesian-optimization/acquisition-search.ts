import type { RandomStream } from '../../core/random.ts'
import type { Acquisition } from './acquisition.ts'
import { drawNeighbour, drawRow } from './candidates.ts'
import type { Encoding } from './encoding.ts'
import { LocalSearch } from './local-search.ts'

/** Multiplications that may go into judging candidates, and how many there are at least and at most. */
const CANDIDATES = { work: 3e6, least: 100, most: 800 }
/** How many candidates are climbed from: fewer where a step costs more. */
const STARTS = { work: 4e4, least: 2, most: 4 }

interface Found {
  readonly row: Float64Array
  readonly value: number
}

/**
 * Full rows with high acquisition, the best first; those that break a constraint or were tried are left out. Random
 * candidates, every other one near the best observations, are judged, the best of them climbed from. `points` is how
 * many the model has: a judgement costs their square.
 */
export function searchAcquisition(
  encoding: Encoding,
  acquisition: Acquisition,
  best: readonly Float64Array[],
  points: number,
  random: RandomStream,
): Float64Array[] {
  const cost = points * (points + 50)
  const local = new LocalSearch(encoding, acquisition)
  const candidates = Array.from({ length: within(CANDIDATES, cost) }, (_, k): Found => {
    const base = k % 2 === 1 ? best[(k >> 1) % best.length] : undefined
    const row = base === undefined ? drawRow(encoding, random) : drawNeighbour(encoding, base, random)
    return { row, value: local.value(row) }
  })
  const usable = candidates.filter(({ value }) => value > Number.NEGATIVE_INFINITY).sort(byValue)
  const climbed = usable.slice(0, within(STARTS, cost)).map(({ row, value }): Found => {
    const summit = Float64Array.from(row)
    return { value: local.climb(summit, value), row: summit }
  })
  return [...climbed.sort(byValue), ...usable].map(({ row }) => row)
}

function within({ work, least, most }: { work: number; least: number; most: number }, cost: number): number {
  return Math.round(Math.min(most, Math.max(least, work / cost)))
}

function byValue(a: Found, b: Found): number {
  return b.value - a.value
}
