import { splat } from './arithmetic'

/**
 * 32 random bits for each of four positions, a function of (a, b, position) alone. Two words of key, one on either side
 * of a multiplication, keep the sequences of two keys from being shifts or permutations of each other.
 * The multipliers are those of Chris Wellons's lowbias32.
 */
// @ts-ignore: decorator
@inline
export function bits(position: v128, a: v128, b: v128): v128 {
  let h = i32x4.add(position, a)
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 16)), i32x4.splat(0x7feb352d))
  h = v128.xor(h, b)
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 15)), i32x4.splat(0x846ca68b))
  return v128.xor(h, i32x4.shr_u(h, 16))
}

/**
 * y = x / (1 - rate) where a position is kept, otherwise 0. `threshold` is rate * 2^16, at least 1 and below 2^16: each
 * hash decides two positions, by one half of its bits each. `scale` is 1 / (1 - rate). The same call with gradients for x
 * and y is its own gradient. May work in place.
 */
export function dropout(x: usize, y: usize, count: i32, a: i32, b: i32, threshold: i32, scale: f32): void {
  const ka = i32x4.splat(a), kb = i32x4.splat(b), s = splat(scale)
  // The halves are compared as signed numbers.
  const limit = i16x8.splat(<i16>(threshold - 32769))
  let position = i32x4(0, 1, 2, 3)
  const end = x + (<usize>count << 2)
  for (const last = end - 16; x < last; x += 32, y += 32) {
    const kept = i16x8.gt_s(bits(position, ka, kb), limit)
    const x0 = f32x4.mul(v128.load(x), s), x1 = f32x4.mul(v128.load(x, 16), s)
    v128.store(y, v128.and(x0, i32x4.extend_low_i16x8_s(kept)))
    v128.store(y, v128.and(x1, i32x4.extend_high_i16x8_s(kept)), 16)
    position = i32x4.add(position, i32x4.splat(4))
  }
  if (x < end) {
    const kept = i16x8.gt_s(bits(position, ka, kb), limit)
    v128.store(y, v128.and(f32x4.mul(v128.load(x), s), i32x4.extend_low_i16x8_s(kept)))
  }
}

/** g = d / (1 - rate) where y > 0, otherwise 0: the gradient through dropout and the relu before it. */
export function dropoutReluGradient(y: usize, d: usize, g: usize, count: i32, scale: f32): void {
  const s = splat(scale), zero = splat(0)
  for (const end = d + (<usize>count << 2); d < end; d += 16, g += 16, y += 16) {
    v128.store(g, v128.and(f32x4.mul(v128.load(d), s), f32x4.gt(v128.load(y), zero)))
  }
}

/** The same mask for all `count` lines of a row: whole channels are kept or dropped. */
export function dropoutChannels(
  x: usize, y: usize, rows: i32, count: i32, lanes: i32, a: i32, b: i32, threshold: u32, scale: f32,
): void {
  const ka = i32x4.splat(a), kb = i32x4.splat(b), limit = i32x4.splat(threshold), s = splat(scale)
  for (let r = 0; r < rows; r++) for (let i = 0; i < count; i++) {
    let position = i32x4.add(i32x4.splat(r * lanes), i32x4(0, 1, 2, 3))
    for (let c = 0; c < lanes; c += 4, x += 16, y += 16) {
      v128.store(y, v128.and(f32x4.mul(v128.load(x), s), i32x4.ge_u(bits(position, ka, kb), limit)))
      position = i32x4.add(position, i32x4.splat(4))
    }
  }
}
