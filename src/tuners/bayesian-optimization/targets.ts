/** Beyond this values count as this: differences stay finite. */
const LARGEST = 1e307

/**
 * Objective values as the targets of a Gaussian process: mean 0, variance 1, order kept. What is worse than the median
 * is compressed by log(1 + x), x counted in distances from the best to the median: a few diverged or hopeless trials
 * then neither flatten the good half nor shorten the length scales. NaN, a failed trial, gets the worst target.
 */
export function standardizeTargets(values: Float64Array): Float64Array {
  const finite = values.filter((value) => !Number.isNaN(value)).map((value) => clamp(value, LARGEST))
  finite.sort()
  const best = finite[0] ?? 0
  const median = finite[finite.length >> 1] ?? 0
  const worse = finite.filter((value) => value > median)
  const scale = median - best || (worse[worse.length >> 1] ?? median) - median || 1
  const targets = values.map((value) => {
    const distance = clamp((clamp(value, LARGEST) - median) / scale, LARGEST)
    return distance > 0 ? Math.log1p(distance) : distance
  })
  const worst = targets.reduce((most, target) => (target > most ? target : most), -1)
  return standardized(targets.map((target) => (Number.isNaN(target) ? worst : target)))
}

function standardized(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  const deviation = Math.sqrt(variance) || 1
  return values.map((value) => (value - mean) / deviation)
}

function clamp(value: number, largest: number): number {
  return Math.min(largest, Math.max(-largest, value))
}
