// Noise of training for `rows` rows of `width` numbers that lie `lanes` apart; padding stays 0. Like the masks of dropout
// it is a function of the key (a, b) and a number's position alone.
import { choose, columnMask, madd, splat } from './arithmetic'
import { log } from './math'
import { bits } from './random'

/** sin x for |x| <= pi / 2, to 1e-7 (Taylor). */
// @ts-ignore: decorator
@inline
function sine(x: v128): v128 {
  const z = f32x4.mul(x, x)
  let p = madd(splat(-2.50521084e-8), z, splat(2.75573192e-6))
  p = madd(p, z, splat(-1.98412698e-4))
  p = madd(p, z, splat(8.33333333e-3))
  p = madd(p, z, splat(-1.66666667e-1))
  return madd(f32x4.mul(p, z), x, x)
}

/** Standard normal numbers (Box and Muller, 1958), at most 5.8 from 0. */
// @ts-ignore: decorator
@inline
function normal(position: v128, a: v128, b: v128): v128 {
  const first = bits(position, a, b), second = bits(position, v128.xor(b, i32x4.splat(0x9e3779b9)), a)
  const uniform = f32x4.mul(f32x4.convert_i32x4_s(i32x4.add(i32x4.shr_u(first, 8), i32x4.splat(1))), splat(5.9604645e-8))
  const turns = f32x4.mul(f32x4.convert_i32x4_s(second), splat(2.3283064e-10))
  const cosine = sine(f32x4.mul(splat(6.28318531), f32x4.sub(splat(0.25), f32x4.abs(turns))))
  return f32x4.mul(f32x4.sqrt(f32x4.mul(splat(-2), log(uniform))), cosine)
}

const ADDED = 0, MULTIPLIED = 1, ALPHA = 2

// @ts-ignore: decorator
@inline
function noise(
  kind: i32, x: usize, y: usize, rows: i32, width: i32, lanes: i32, a: i32, b: i32, p: f32, q: f32, r: f32, limit: u32,
): void {
  const ka = i32x4.splat(a), kb = i32x4.splat(b), vp = splat(p), vq = splat(q), vr = splat(r)
  const threshold = i32x4.splat(limit)
  let position = i32x4(0, 1, 2, 3)
  if (width == lanes) {
    width = lanes = rows * width
    rows = 1
  }
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < lanes; c += 4, x += 16, y += 16) {
      const value = v128.load(x)
      let noisy: v128
      if (kind == ADDED) noisy = madd(normal(position, ka, kb), vp, value)
      else if (kind == MULTIPLIED) noisy = f32x4.mul(value, madd(normal(position, ka, kb), vp, splat(1)))
      else noisy = choose(i32x4.ge_u(bits(position, ka, kb), threshold), madd(value, vp, vq), vr)
      v128.store(y, v128.and(noisy, columnMask(c, width)))
      position = i32x4.add(position, i32x4.splat(4))
    }
  }
}

/** y = x + a normal number with that standard deviation. */
export function gaussianNoise(
  x: usize, y: usize, rows: i32, width: i32, lanes: i32, a: i32, b: i32, deviation: f32,
): void {
  noise(ADDED, x, y, rows, width, lanes, a, b, deviation, 0, 0, 0)
}

/** y = x (1 + a normal number with that standard deviation); with gradients for x and y its own gradient. */
export function gaussianDropout(
  x: usize, y: usize, rows: i32, width: i32, lanes: i32, a: i32, b: i32, deviation: f32,
): void {
  noise(MULTIPLIED, x, y, rows, width, lanes, a, b, deviation, 0, 0, 0)
}

/** y = scale * x + shift where a position is kept, otherwise `dropped`. `threshold` is rate * 2^32. */
export function alphaDropout(
  x: usize, y: usize, rows: i32, width: i32, lanes: i32, a: i32, b: i32, threshold: u32, scale: f32, shift: f32, dropped: f32,
): void {
  noise(ALPHA, x, y, rows, width, lanes, a, b, scale, shift, dropped, threshold)
}
