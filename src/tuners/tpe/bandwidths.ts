/**
 * Writes a bandwidth for each of `count` points of [0, 1], in ascending order, as Optuna chooses them: the larger of the
 * distances to the neighbours, at either end the one to the only neighbour, for a single point the one to the farther
 * bound; from `least` up to 1.
 */
export function bandwidths(sorted: Float64Array, count: number, least: number, into: Float64Array): void {
  if (count === 1) {
    const only = sorted[0] as number
    into[0] = Math.min(1, Math.max(least, only, 1 - only))
    return
  }
  let left = 0
  for (let i = 0; i < count; i++) {
    const right = i + 1 < count ? (sorted[i + 1] as number) - (sorted[i] as number) : 0
    const larger = left > right ? left : right
    into[i] = larger < least ? least : larger
    left = right
  }
}
