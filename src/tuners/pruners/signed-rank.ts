/**
 * The exact one-sided p-value of Wilcoxon's signed-rank test that paired differences tend to be above zero: ties share
 * their mean rank, and a zero counts half for either side (as `zero_method='zsplit'` in SciPy). 1 of no differences.
 */
export function signedRankAbove(differences: readonly number[]): number {
  const sorted = differences.toSorted((a, b) => Math.abs(a) - Math.abs(b))
  // Twice the rank, so that mean ranks are whole: how many ways of giving signs lead to each sum of positive ones.
  let ways = [1]
  let observed = 0
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1
    while (to < sorted.length && Math.abs(sorted[to] ?? 0) === Math.abs(sorted[from] ?? 0)) to++
    const rank = from + 1 + to
    for (const difference of sorted.slice(from, to)) {
      if (difference === 0) continue
      if (difference > 0) observed += rank
      ways = withSign(ways, rank)
    }
    from = to
  }
  const all = ways.reduce((sum, count) => sum + count, 0)
  return ways.slice(observed).reduce((sum, count) => sum + count, 0) / all
}

function withSign(ways: readonly number[], rank: number): number[] {
  const more = [...ways, ...Array<number>(rank).fill(0)]
  for (const [sum, count] of ways.entries()) more[sum + rank] = (more[sum + rank] ?? 0) + count
  return more
}
