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

/** The indices of values in [0, 1] in ascending order: one native sort of numbers that carry their index. */
function sortedIndices(values: Float64Array): Uint32Array {
  const grid = 2 ** 36
  const room = 2 ** 16
  const order = new Uint32Array(values.length)
  // Beyond 65,536 trials an index no longer fits beside the value; comparing by a function is slower, and as good.
  if (values.length > room) {
    for (let i = 0; i < order.length; i++) order[i] = i
    return order.sort((a, b) => (values[a] as number) - (values[b] as number))
  }
  const keys = new Float64Array(values.length)
  for (let i = 0; i < keys.length; i++) keys[i] = Math.floor((values[i] as number) * grid) * room + i
  keys.sort()
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as number
    order[i] = key - Math.floor(key / room) * room
  }
  return order
}
