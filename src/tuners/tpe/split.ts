import type { Evaluations } from './evaluations.ts'

/** As in Optuna: more good trials than this would blur the model. */
const MOST_GOOD = 25

/**
 * Where the best `gamma` of the trials that have a loss are, 25 at most and of equals the earlier, and all others; both
 * in the order of the trials.
 */
export function split(trials: Evaluations, gamma: number): { readonly good: Uint32Array; readonly bad: Uint32Array } {
  const count = Math.min(Math.ceil(gamma * countFinished(trials)), MOST_GOOD)
  const good = lowest(trials, count).sort()
  const bad = new Uint32Array(trials.length - count)
  for (let i = 0, rank = 0, at = 0; i < trials.length; i++) {
    if (rank < count && good[rank] === i) rank++
    else bad[at++] = i
  }
  return { good, bad }
}

/** How many trials have a loss; counts no further than `most`. */
export function countFinished({ losses, length }: Evaluations, most = Number.POSITIVE_INFINITY): number {
  let count = 0
  for (let i = 0; i < length && count < most; i++) if ((losses[i] as number) < Number.POSITIVE_INFINITY) count++
  return count
}

/** Where the `count` best are: insertion into a short list, from the end, as a study that gets better has its best there. */
function lowest({ tiers, losses, length }: Evaluations, count: number): Uint32Array {
  const best = new Uint32Array(count)
  let found = 0
  for (let i = length - 1; i >= 0; i--) {
    const tier = tiers[i] as number
    const loss = losses[i] as number
    if (loss === Number.POSITIVE_INFINITY) continue
    let place = found
    while (place > 0) {
      const other = best[place - 1] as number
      const otherTier = tiers[other] as number
      if (otherTier < tier || (otherTier === tier && (losses[other] as number) < loss)) break
      if (place < count) best[place] = other
      place--
    }
    if (place < count) best[place] = i
    if (found < count) found++
  }
  return best
}
