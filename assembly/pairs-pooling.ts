// Largest numbers of windows of 2 x 2 pixels that lie side by side: the pooling of most networks. Images lie as pooling.ts
// says, lanes a multiple of 8. What the forward step finds is kept in a byte for each number, so that the gradient needs
// neither x nor y: which of the four it was, row by row, the first of equal ones; 4 where nothing passes.
import { splat } from './arithmetic'

// @ts-ignore: decorator
@inline
function first(a: v128, b: v128, c: v128, d: v128, largest: v128, rectified: i32): v128 {
  const above = v128.and(f32x4.lt(a, b), i32x4.splat(1)), below = i32x4.sub(i32x4.splat(2), f32x4.lt(c, d))
  const found = v128.bitselect(below, above, f32x4.lt(f32x4.pmax(a, b), f32x4.pmax(c, d)))
  return rectified ? v128.bitselect(found, i32x4.splat(4), f32x4.gt(largest, splat(0))) : found
}

/**
 * y = largest number of each window. Where `rectified` is 1, x is the result of a relu whose slope goes into `found` as well:
 * nothing passes where the largest number is 0.
 */
export function pairsPool(
  x: usize, y: usize, found: usize, images: i32, height: i32, width: i32, lanes: i32, outHeight: i32, outWidth: i32,
  rectified: i32,
): void {
  const line = <usize>lanes << 2, row = <usize>width * line, image = <usize>height * row
  for (let n = 0; n < images; n++, x += image) for (let i = 0; i < outHeight; i++) {
    let p = x + <usize>(2 * i) * row
    for (let j = 0; j < outWidth; j++, p += line) {
      for (const end = p + line; p < end; p += 32, y += 32, found += 8) {
        let a = v128.load(p), b = v128.load(p + line), c = v128.load(p + row), d = v128.load(p + row + line)
        let largest = f32x4.pmax(f32x4.pmax(a, b), f32x4.pmax(c, d))
        v128.store(y, largest)
        const low = first(a, b, c, d, largest, rectified)
        a = v128.load(p, 16); b = v128.load(p + line, 16); c = v128.load(p + row, 16); d = v128.load(p + row + line, 16)
        largest = f32x4.pmax(f32x4.pmax(a, b), f32x4.pmax(c, d))
        v128.store(y, largest, 16)
        const both = i16x8.narrow_i32x4_s(low, first(a, b, c, d, largest, rectified))
        store<i64>(found, i64x2.extract_lane(i8x16.narrow_i16x8_s(both, both), 0))
      }
    }
  }
}

/** g = what d gives to the number of each window that was found. */
export function pairsPoolGradient(
  d: usize, found: usize, g: usize, images: i32, height: i32, width: i32, lanes: i32, outHeight: i32, outWidth: i32,
): void {
  const line = <usize>lanes << 2, row = <usize>width * line, image = <usize>height * row
  // What no window sees.
  const right = row - <usize>(2 * outWidth) * line, below = image - <usize>(2 * outHeight) * row
  for (let n = 0; n < images; n++) {
    for (let i = 0; i < outHeight; i++, g += row) {
      for (let j = 0; j < outWidth; j++, g += line) {
        for (const end = g + line; g < end; d += 32, g += 32, found += 8) {
          const both = i16x8.extend_low_i8x16_s(v128.load64_zero(found))
          let at = i32x4.extend_low_i16x8_s(both), v = v128.load(d)
          v128.store(g, v128.and(v, i32x4.eq(at, i32x4.splat(0))))
          v128.store(g + line, v128.and(v, i32x4.eq(at, i32x4.splat(1))))
          v128.store(g + row, v128.and(v, i32x4.eq(at, i32x4.splat(2))))
          v128.store(g + row + line, v128.and(v, i32x4.eq(at, i32x4.splat(3))))
          at = i32x4.extend_high_i16x8_s(both)
          v = v128.load(d, 16)
          v128.store(g, v128.and(v, i32x4.eq(at, i32x4.splat(0))), 16)
          v128.store(g + line, v128.and(v, i32x4.eq(at, i32x4.splat(1))), 16)
          v128.store(g + row, v128.and(v, i32x4.eq(at, i32x4.splat(2))), 16)
          v128.store(g + row + line, v128.and(v, i32x4.eq(at, i32x4.splat(3))), 16)
        }
      }
      if (right) {
        memory.fill(g, 0, right)
        memory.fill(g + row, 0, right)
      }
      g += right
    }
    if (below) memory.fill(g, 0, below)
    g += below
  }
}
