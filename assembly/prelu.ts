// Rectifier with learned slopes: `alpha` holds `period` floats, which repeat over the `count` floats of x. Both are
// multiples of 4.
import { choose, splat } from './arithmetic'

/** y = x above 0, otherwise alpha x. */
export function prelu(x: usize, alpha: usize, y: usize, count: i32, period: i32): void {
  const zero = splat(0), last = alpha + (<usize>period << 2)
  let p = alpha
  for (const end = x + (<usize>count << 2); x < end; x += 16, y += 16) {
    const v = v128.load(x)
    v128.store(y, choose(f32x4.gt(v, zero), v, f32x4.mul(v, v128.load(p))))
    p += 16
    if (p == last) p = alpha
  }
}

/** g = gradient by x, and slopes = gradient by alpha; 0 for either leaves it out. */
export function preluGradient(x: usize, alpha: usize, d: usize, g: usize, slopes: usize, count: i32, period: i32): void {
  const zero = splat(0), size = <usize>period << 2
  if (slopes) memory.fill(slopes, 0, size)
  let at: usize = 0
  for (const end = x + (<usize>count << 2); x < end; x += 16, d += 16) {
    const v = v128.load(x), above = f32x4.gt(v, zero), gradient = v128.load(d)
    if (slopes) {
      const sum = slopes + at
      v128.store(sum, f32x4.add(v128.load(sum), v128.andnot(f32x4.mul(gradient, v), above)))
    }
    if (g) {
      v128.store(g, choose(above, gradient, f32x4.mul(gradient, v128.load(alpha + at))))
      g += 16
    }
    at += 16
    if (at == size) at = 0
  }
}
