import type { Params } from '../../core/params.ts'

/** A trial in the rungs of ASHA. */
export interface Contender {
  readonly number: number
  readonly params: Params
  /** The rung it was last asked to reach. */
  readonly rung: number
  /** What became of that: `out` is a failed or pruned trial, which counts as the worst. */
  readonly state: 'running' | 'done' | 'out'
  /** Its value at each rung that it has passed, lower is better; Infinity where there is none. */
  readonly values: readonly number[]
}

/** The trials that have a result at a rung, the one in question among them if it has. */
export function resultsAt(rung: number, contenders: readonly Contender[]): Contender[] {
  return contenders.filter((other) => other.rung > rung || (other.rung === rung && other.state !== 'running'))
}

/** How many of `others` are ahead of a trial at a rung; of equals the earlier one is ahead. */
export function rankAt(rung: number, { number, values }: Contender, others: readonly Contender[]): number {
  const own = values[rung] ?? Number.POSITIVE_INFINITY
  let rank = 0
  for (const other of others) {
    const value = other.values[rung] ?? Number.POSITIVE_INFINITY
    if (value < own || (value === own && other.number < number)) rank++
  }
  return rank
}
