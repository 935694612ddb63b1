import { type Contender, resultsAt, valueAt } from './contender.ts'

/**
 * The trial to promote: from the highest rung that has one, the best that waits, if it is among the first 1/factor of
 * the rung's results (get_job of ASHA). While new trials start, a rung promotes no more than 1/factor of its results:
 * promoting all who are among the first at some time costs a sixth more for little (the delay of Hyper-Tune, Li et al.,
 * VLDB 2022). After that all of them go on, and once all results of a rung are in, its best does even when there are
 * fewer than `factor`: so the best trial reaches the top.
 */
export function promotable(
  contenders: readonly Contender[],
  factor: number,
  top: number,
  started: 'all' | 'some',
): Contender | undefined {
  for (let rung = top - 1; rung >= 0; rung--) {
    const results = resultsAt(rung, contenders)
    const waiting = results.filter((contender) => contender.rung === rung && contender.state === 'done')
    const best = waiting.reduce((a, b) => (valueAt(rung, b) < valueAt(rung, a) ? b : a), waiting[0] as Contender)
    if (best === undefined) continue
    const share = Math.floor(results.length / factor)
    const settled = started === 'all' && !contenders.some((other) => other.rung <= rung && other.state === 'running')
    const places = settled ? Math.max(1, share) : share
    const promoted = results.filter((contender) => contender.rung > rung).length
    const ahead = results.filter((other) => valueAt(rung, other) < valueAt(rung, best)).length
    if (ahead < places && (started === 'all' || promoted < places)) return best
  }
  return undefined
}
