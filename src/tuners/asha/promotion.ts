import { type Contender, rankAt, resultsAt } from './rungs.ts'

/**
 * The trial to promote: from the highest rung that has one, the best of those among the first 1/factor of the rung's
 * results that have not been promoted (get_job in Li et al., "A System for Massively Parallel Hyperparameter Tuning",
 * MLSys 2020). Once no more trials start and all results of a rung are in, its best trial goes on even when the rung
 * has fewer than `factor` results, so that somebody reaches the top.
 */
export function promotable(
  contenders: readonly Contender[],
  factor: number,
  top: number,
  started: 'all' | 'some',
): Contender | undefined {
  for (let rung = top - 1; rung >= 0; rung--) {
    const results = resultsAt(rung, contenders)
    const best = bestWaiting(rung, results)
    if (best === undefined) continue
    const share = Math.floor(results.length / factor)
    const settled = started === 'all' && !contenders.some((other) => other.rung <= rung && other.state === 'running')
    if (rankAt(rung, best, results) < (settled ? Math.max(1, share) : share)) return best
  }
  return undefined
}

function bestWaiting(rung: number, results: readonly Contender[]): Contender | undefined {
  let best: Contender | undefined
  for (const contender of results) {
    if (contender.rung !== rung || contender.state !== 'done') continue
    if (best === undefined || (contender.values[rung] ?? 0) < (best.values[rung] ?? 0)) best = contender
  }
  return best
}
