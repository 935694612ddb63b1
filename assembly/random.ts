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
 * y = x / (1 - rate) where a position is kept, otherwise 0. `threshold` is rate * 2^32, `scale` 1 / (1 - rate).
 * The same call with gradients for x and y is its own gradient. May work in place.
 */
export function dropout(x: usize, y: usize, count: i32, a: i32, b: i32, threshold: u32, scale: f32): void {
  const ka = i32x4.splat(a), kb = i32x4.splat(b), limit = i32x4.splat(threshold), s = splat(scale)
  let position = i32x4(0, 1, 2, 3)
  for (const end = x + (<usize>count << 2); x < end; x += 16, y += 16) {
    v128.store(y, v128.and(f32x4.mul(v128.load(x), s), i32x4.ge_u(bits(position, ka, kb), limit)))
    position = i32x4.add(position, i32x4.splat(4))
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
