// Kernels that see a tensor as a list of floats, padding included. Counts are multiples of 4.
import { splat } from './arithmetic'

export function copy(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 2); x < end; x += 16, y += 16) v128.store(y, v128.load(x))
}

export function fill(y: usize, value: f32, count: i32): void {
  const v = splat(value)
  for (const end = y + (<usize>count << 2); y < end; y += 16) v128.store(y, v)
}

/** y += x. */
export function accumulate(x: usize, y: usize, count: i32): void {
  for (const end = x + (<usize>count << 2); x < end; x += 16, y += 16) {
    v128.store(y, f32x4.add(v128.load(y), v128.load(x)))
  }
}

/** Each of the rows of y [rows][lanes] += x [lanes]. */
export function addLine(x: usize, y: usize, rows: i32, lanes: i32): void {
  const line = <usize>lanes << 2
  for (let r = 0; r < rows; r++) for (let c: usize = 0; c < line; c += 16, y += 16) {
    v128.store(y, f32x4.add(v128.load(y), v128.load(x + c)))
  }
}

/** y = x * scale, bytes to floats. */
export function expandBytes(x: usize, y: usize, count: i32, scale: f32): void {
  const s = splat(scale)
  for (const end = x + <usize>count; x < end; x += 4, y += 16) {
    const wide = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(x)))
    v128.store(y, f32x4.mul(f32x4.convert_i32x4_s(wide), s))
  }
}

/** Rows of y = rows numbers[0], numbers[1], ... of x, each `stride` floats; those from `rows` to `padded` become 0. */
export function gatherRows(x: usize, numbers: usize, y: usize, rows: i32, padded: i32, stride: i32): void {
  const line = <usize>stride << 2
  for (const last = numbers + (<usize>rows << 2); numbers < last; numbers += 4) {
    let from = x + <usize>load<u32>(numbers) * line
    const end = y + line
    for (; y + 16 <= end; y += 16, from += 16) v128.store(y, v128.load(from))
    for (; y < end; y += 4, from += 4) store<f32>(y, load<f32>(from))
  }
  for (const end = y + <usize>(padded - rows) * line; y < end; y += 4) store<f32>(y, 0)
}

/**
 * Copies `rows` rows of `size` numbers from lines of `fromWidth` numbers, `fromLanes` apart, to lines of `toWidth`,
 * `toLanes` apart: the same numbers in the same order, with other padding. The padding of y becomes 0.
 */
export function relayout(
  x: usize, y: usize, rows: i32, size: i32, fromWidth: i32, fromLanes: i32, toWidth: i32, toLanes: i32,
): void {
  const skipX = <usize>(fromLanes - fromWidth) << 2
  const skipY = toLanes - toWidth
  for (let left = rows * size, inX = fromWidth, inY = toWidth; left > 0; ) {
    const run = min(inX, inY)
    for (let i = 0; i < run; i++, x += 4, y += 4) store<f32>(y, load<f32>(x))
    left -= run
    inX -= run
    inY -= run
    if (inX == 0) {
      x += skipX
      inX = fromWidth
    }
    if (inY == 0) {
      for (let i = 0; i < skipY; i++, y += 4) store<f32>(y, 0)
      inY = toWidth
    }
  }
}
