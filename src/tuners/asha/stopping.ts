import { type Contender, resultsAt, valueAt } from './contender.ts'

/**
 * The trial that goes on under the stopping rule: one among the first 1/factor (at least the first) of the results that
 * its rung has from trials begun no later than itself. Taking results in the order of the trials, not of their arrival,
 * makes the rule a function of the results alone.
 */
export function continuable(contenders: readonly Contender[], factor: number, top: number): Contender | undefined {
  for (let rung = top - 1; rung >= 0; rung--) {
    const sorted: number[] = []
    for (const contender of resultsAt(rung, contenders)) {
      const value = valueAt(rung, contender)
      const rank = firstAbove(sorted, value)
      sorted.splice(rank, 0, value)
      const waits = contender.rung === rung && contender.state === 'done'
      if (waits && rank < Math.max(1, Math.floor(sorted.length / factor))) return contender
    }
  }
  return undefined
}

/** The first index whose value is above `value`, in an ascending list. */
export function firstAbove(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) <= value) low = middle + 1
    else high = middle
  }
  return low
}
