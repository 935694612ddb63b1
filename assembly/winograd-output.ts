// Winograd's convolution: from products of tiles to the images of the output, and back for the gradient. Tiles lie as
// winograd-input.ts says; those at the lower and right border may have pixels outside of the image.
import { splat } from './arithmetic'
import { clearLine, winogradPlane } from './winograd-input'
import { outputGradientLine, outputLine } from './winograd-lines'

/**
 * y [images][height][width][lanes] = pixels of tiles `from` to `from` + `count` + bias, then max(0, y) where `relu` is 1;
 * bias 0 stands for none. `edge` holds 36 * (lanes + 4) floats.
 */
export function winogradOutput(
  m: usize, bias: usize, y: usize, edge: usize, from: i32, count: i32, height: i32, width: i32, lanes: i32,
  rows: i32, columns: i32, floats: i32, tiles: i32, relu: i32,
): void {
  const line = <usize>lanes << 2, plane = winogradPlane(tiles, floats), tile = <usize>floats << 2
  const half = edge + 36 * line, zero = splat(0), lowest = splat(-Infinity), floor = relu ? zero : lowest
  let b = from / (rows * columns), i = from / columns % rows, j = from % columns
  for (const end = m + <usize>count * tile; m < end; m += tile) {
    const inside = 4 * i + 4 <= height && 4 * j + 4 <= width
    const at = y + <usize>((b * height + 4 * i) * width + 4 * j) * line, wide = <usize>width * line
    const to = inside ? at : edge, row = inside ? wide : line << 2
    let c: usize = 0
    for (; c < tile; c += 16) {
      for (let s = 0, q = half, p = m + c; s < 6; s++, q += 16, p += plane) outputLine(p, 6 * plane, q, 96, zero, lowest)
      const v = bias ? v128.load(bias + c) : zero
      for (let r = 0, q = to + c, p = half; r < 4; r++, q += row, p += 96) outputLine(p, 16, q, line, v, floor)
    }
    for (; c < line; c += 16) {
      for (let r = 0, q = to + c; r < 4; r++, q += row) {
        v128.store(q, zero); v128.store(q + line, zero); v128.store(q + 2 * line, zero); v128.store(q + 3 * line, zero)
      }
    }
    if (!inside) {
      const tall = min(4, height - 4 * i), length = <usize>min(4, width - 4 * j) * line
      for (let r = 0, q = at, p = edge; r < tall; r++, q += wide, p += line << 2) {
        for (let n: usize = 0; n < length; n += 16) v128.store(q + n, v128.load(p + n))
      }
    }
    if (++j == columns) { j = 0; if (++i == rows) { i = 0; b++ } }
  }
}

/** What passes of the gradient at p, where the result at m, if any, is above 0. */
// @ts-ignore: decorator
@inline
function passed(p: usize, m: usize): v128 {
  const v = v128.load(p)
  return m ? v128.and(v, f32x4.gt(v128.load(m), splat(0))) : v
}

/**
 * The reverse: tiles of the gradient d [images][height][width][lanes] of y, for the products. Where y is not 0 only those
 * numbers pass where y > 0 (the slope of relu). Where sums is not 0, sums [lanes] += sum over pixels. `edge` holds
 * 36 * (lanes + 4) floats.
 */
export function winogradOutputGradient(
  d: usize, y: usize, out: usize, sums: usize, edge: usize, from: i32, count: i32, height: i32, width: i32, lanes: i32,
  rows: i32, columns: i32, floats: i32, tiles: i32,
): void {
  const line = <usize>lanes << 2, plane = winogradPlane(tiles, floats), tile = <usize>floats << 2
  const half = edge + 36 * line, wide = <usize>width * line
  let b = from / (rows * columns), i = from / columns % rows, j = from % columns
  for (const end = out + <usize>count * tile; out < end; out += tile) {
    const at = <usize>((b * height + 4 * i) * width + 4 * j) * line
    let p = d + at, m = y ? y + at : 0, row = wide
    if (4 * i + 4 > height || 4 * j + 4 > width) {
      for (let r = 0, q = edge; r < 4; r++) for (let s = 0; s < 4; s++, q += line) {
        const shift = <usize>r * wide + <usize>s * line
        if (4 * i + r >= height || 4 * j + s >= width) clearLine(q, line)
        else for (let c: usize = 0; c < line; c += 16) v128.store(q + c, passed(p + shift + c, m ? m + shift + c : 0))
      }
      p = edge
      m = 0
      row = line << 2
    }
    for (let c: usize = 0; c < tile; c += 16, p += 16, m += m ? 16 : 0) {
      let sum = splat(0)
      for (let s = 0, q = half, f = p, e = m; s < 4; s++, q += 16, f += line, e += m ? line : 0) {
        const d0 = passed(f, e), d1 = passed(f + row, m ? e + row : 0)
        const d2 = passed(f + 2 * row, m ? e + 2 * row : 0), d3 = passed(f + 3 * row, m ? e + 3 * row : 0)
        sum = f32x4.add(sum, f32x4.add(f32x4.add(d0, d1), f32x4.add(d2, d3)))
        outputGradientLine(d0, d1, d2, d3, q, 64)
      }
      if (sums) v128.store(sums + c, f32x4.add(v128.load(sums + c), sum))
      for (let r = 0, q = out + c, f = half; r < 6; r++, q += 6 * plane, f += 64) {
        outputGradientLine(v128.load(f), v128.load(f, 16), v128.load(f, 32), v128.load(f, 48), q, plane)
      }
    }
    if (++j == columns) { j = 0; if (++i == rows) { i = 0; b++ } }
  }
}
