// Gradients kept within bounds before weights learn from them. Counts are multiples of 4.
import { splat, sum4 } from './arithmetic'

/** Every number of g into [-limit, limit]. */
export function clipValues(g: usize, count: i32, limit: f32): void {
  const high = splat(limit), low = splat(-limit)
  for (const end = g + (<usize>count << 2); g < end; g += 16) {
    v128.store(g, f32x4.min(f32x4.max(v128.load(g), low), high))
  }
}

/** Sum of the squares of g. */
export function squareSum(g: usize, count: i32): f64 {
  let sum: f64 = 0
  for (const end = g + (<usize>count << 2); g < end; g += 16) {
    const x = v128.load(g)
    sum += sum4(f32x4.mul(x, x))
  }
  return sum
}
