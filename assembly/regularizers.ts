import { madd, splat, sum4 } from './arithmetic'

/** Penalty l1 * sum |w| + l2 * sum w^2. */
export function penalty(w: usize, count: i32, l1: f32, l2: f32): f64 {
  let absolute: f64 = 0, square: f64 = 0
  for (const end = w + (<usize>count << 2); w < end; w += 16) {
    const x = v128.load(w)
    absolute += sum4(f32x4.abs(x))
    square += sum4(f32x4.mul(x, x))
  }
  return absolute * <f64>l1 + square * <f64>l2
}

/** g += gradient of the penalty. */
export function penaltyGradient(w: usize, g: usize, count: i32, l1: f32, l2: f32): void {
  const a = splat(l1), b = splat(2 * l2), zero = splat(0)
  for (const end = w + (<usize>count << 2); w < end; w += 16, g += 16) {
    const x = v128.load(w)
    const sign = f32x4.sub(v128.and(f32x4.gt(x, zero), a), v128.and(f32x4.lt(x, zero), a))
    v128.store(g, f32x4.add(v128.load(g), madd(b, x, sign)))
  }
}
