import { type Contender, valueAt } from './contender.ts'

/**
 * The trial to go on with while workers would wait for the last long trials: the best of the lowest rung among those
 * whose chance is over, because nobody is on the way to their rung any more, as long as a trial that takes part has
 * further to go than it would. Few but long trials end every study of successive halving; this gives runners-up a
 * second chance in a time that would pass anyway.
 */
export function runnerUp(contenders: readonly Contender[], rungs: readonly number[]): Contender | undefined {
  const running = contenders.filter(({ state }) => state === 'running').map(({ rung }) => rung)
  const lowest = Math.min(...running)
  const longest = Math.max(...running.map((rung) => epochsTo(rung, rungs)))
  let best: Contender | undefined
  for (const contender of contenders) {
    const at = waitsAt(contender, lowest)
    if (at === undefined || epochsTo(at + 1, rungs) >= longest) continue
    if (best === undefined || isBefore(contender, best)) best = contender
  }
  return best
}

/** Where a trial waits whose chance is over, no result to come being at its rung. */
function waitsAt({ rung, state, spare }: Contender, lowest: number): number | undefined {
  if (state === 'spare') return spare?.state === 'done' ? spare.rung : undefined
  return state === 'done' && rung < lowest ? rung : undefined
}

function epochsTo(rung: number, rungs: readonly number[]): number {
  return (rungs[rung] ?? 0) - (rungs[rung - 1] ?? 0)
}

function isBefore(one: Contender, other: Contender): boolean {
  const [rung, otherRung] = [one.spare?.rung ?? one.rung, other.spare?.rung ?? other.rung]
  return rung < otherRung || (rung === otherRung && valueAt(rung, one) < valueAt(rung, other))
}
