import type { Observation } from './tuner.ts'

/** How a trial compares with others, whatever became of it. */
export interface Standing {
  /** Compared first: 0 for complete trials, up to 1 for pruned ones, less the further they got. */
  readonly tier: number
  /** Lower is better; Infinity for what has no result: failed and pending trials. */
  readonly loss: number
}

/** The standing of what has no result. */
export const noResult: Standing = { tier: 1, loss: Number.POSITIVE_INFINITY }

export function standingOf({ status, value = Number.NaN, curve }: Observation): Standing {
  const counts = (status === 'complete' || status === 'pruned') && !Number.isNaN(value)
  if (!counts) return noResult
  return { tier: status === 'pruned' ? 1 / (1 + curve.length) : 0, loss: value }
}

/** Whether one trial is better than another; equals are not. */
export function isBetter(one: Standing, other: Standing): boolean {
  return one.tier < other.tier || (one.tier === other.tier && one.loss < other.loss)
}
