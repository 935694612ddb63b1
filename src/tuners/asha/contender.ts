import type { Params } from '../../core/params.ts'

/** A trial in the rungs of ASHA. */
export interface Contender {
  readonly number: number
  readonly params: Params
  /** The rung it was last asked to reach; of a spare one, the rung where its chance was over. */
  readonly rung: number
  /**
   * What became of that: `out` is a failed or pruned trial, which counts as the worst; `spare` is one that goes on in
   * spare time and takes no part in the rungs above any more.
   */
  readonly state: 'running' | 'done' | 'out' | 'spare'
  /** Its value at each rung that it has passed, lower is better; Infinity for a trial that is out at its rung. */
  readonly values: readonly number[]
  /** How far it has been asked to go in spare time. */
  readonly spare?: { readonly rung: number; readonly state: 'running' | 'done' | 'out' }
}

/** The trials that have a result at a rung, in the order of their numbers. */
export function resultsAt(rung: number, contenders: readonly Contender[]): Contender[] {
  return contenders.filter((other) => other.rung > rung || (other.rung === rung && other.state !== 'running'))
}

export function valueAt(rung: number, { values }: Contender): number {
  return values[rung] ?? Number.POSITIVE_INFINITY
}
