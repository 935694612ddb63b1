/**
 * A bandwidth for each of some points of [0, 1], as Optuna chooses them: the larger of the distances to the neighbours,
 * at either end the one to the only neighbour, for a single point the one to the farther bound; from `least` up to 1.
 */
export function bandwidths(centres: Float64Array, least: number): Float64Array {
  const count = centres.length
  const result = new Float64Array(count)
  if (count === 1) {
    const only = centres[0] as number
    return result.fill(Math.min(1, Math.max(least, only, 1 - only)))
  }
  const order = sortedIndices(centres)
  let left = 0
  for (let rank = 0; rank < count; rank++) {
    const index = order[rank] as number
    const next = rank < count - 1 ? (centres[order[rank + 1] as number] as number) : undefined
    const right = next === undefined ? 0 : next - (centres[index] as number)
    result[index] = Math.min(1, Math.max(least, left, right))
    left = right
  }
  return result
}

/** The indices of values in [0, 1] in ascending order: as many buckets as values, and an insertion sort of what remains. */
function sortedIndices(values: Float64Array): Uint32Array {
  const count = values.length
  const ends = new Uint32Array(count + 1)
  const buckets = new Uint32Array(count)
  for (let i = 0; i < count; i++) {
    const bucket = Math.min(count - 1, Math.floor((values[i] as number) * count))
    buckets[i] = bucket
    ends[bucket + 1] = (ends[bucket + 1] as number) + 1
  }
  for (let bucket = 1; bucket <= count; bucket++) ends[bucket] = (ends[bucket] as number) + (ends[bucket - 1] as number)
  const order = new Uint32Array(count)
  for (let i = 0; i < count; i++) {
    const bucket = buckets[i] as number
    const at = ends[bucket] as number
    order[at] = i
    ends[bucket] = at + 1
  }
  for (let i = 1; i < count; i++) {
    const index = order[i] as number
    const value = values[index] as number
    let at = i
    while (at > 0 && (values[order[at - 1] as number] as number) > value) {
      order[at] = order[at - 1] as number
      at--
    }
    order[at] = index
  }
  return order
}
