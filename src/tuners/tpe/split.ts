import { isBetter, type Standing } from '../standing.ts'

/** As in Optuna: more good trials than this would blur the model. */
const MOST_GOOD = 25

/** A trial as the model sees it; what has an infinite loss counts as bad. */
export interface Evaluated extends Standing {
  /** `Space.encode` of its params. */
  readonly point: Float64Array
}

/** The points of the best `gamma` of the trials that have a loss, 25 at most, and of all others; in the order given. */
export function split(
  trials: readonly Evaluated[],
  gamma: number,
): { readonly good: readonly Float64Array[]; readonly bad: readonly Float64Array[] } {
  const count = Math.min(Math.ceil(gamma * countFinished(trials)), MOST_GOOD)
  const isGood = new Uint8Array(trials.length)
  for (const i of lowest(trials, count)) isGood[i] = 1
  const good: Float64Array[] = []
  const bad: Float64Array[] = []
  for (let i = 0; i < trials.length; i++) (isGood[i] === 1 ? good : bad).push((trials[i] as Evaluated).point)
  return { good, bad }
}

/** How many trials have a loss; counts no further than `most`. */
export function countFinished(trials: readonly Standing[], most = Number.POSITIVE_INFINITY): number {
  let count = 0
  for (let i = 0; i < trials.length && count < most; i++) {
    if ((trials[i] as Standing).loss < Number.POSITIVE_INFINITY) count++
  }
  return count
}

/**
 * Where the `count` best are, of equals the earlier: insertion into a short list, from the end, as a study that gets
 * better has its best ones there.
 */
function lowest(trials: readonly Standing[], count: number): Uint32Array {
  const best = new Uint32Array(count)
  const at = (place: number) => trials[best[place] as number] as Standing
  let found = 0
  for (let i = trials.length - 1; i >= 0 && count > 0; i--) {
    const trial = trials[i] as Standing
    if (trial.loss === Number.POSITIVE_INFINITY) continue
    if (found === count && isBetter(at(count - 1), trial)) continue
    let place = Math.min(found, count - 1)
    while (place > 0 && !isBetter(at(place - 1), trial)) {
      best[place] = best[place - 1] as number
      place--
    }
    best[place] = i
    found = Math.min(found + 1, count)
  }
  return best
}
