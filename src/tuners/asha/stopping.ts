import { type Contender, rankAt, resultsAt } from './rungs.ts'

/**
 * The trial that goes on under the stopping rule: one among the first 1/factor (at least the first) of the results that
 * its rung has from trials begun no later than itself. That is the rule of Li et al. (MLSys 2020, "stopping variant")
 * with results in the order of the trials, so that it depends on the results alone and not on who was asked first.
 */
export function continuable(contenders: readonly Contender[], factor: number, top: number): Contender | undefined {
  for (let rung = top - 1; rung >= 0; rung--) {
    const results = resultsAt(rung, contenders)
    for (const [at, contender] of results.entries()) {
      if (contender.rung !== rung || contender.state !== 'done') continue
      const earlier = results.slice(0, at + 1)
      if (rankAt(rung, contender, earlier) < Math.max(1, Math.floor(earlier.length / factor))) return contender
    }
  }
  return undefined
}
