// Winograd's convolution: from products of tiles to the images of the output, and back for the gradient. Tiles lie as
// winograd-input.ts says; those at the lower and right border may have pixels outside of the image.
import { splat } from './arithmetic'
import { clearLine, winogradPlane } from './winograd-input'

// @ts-ignore: decorator
@inline
function bounded(x: v128, relu: i32): v128 {
  return relu ? f32x4.pmax(x, splat(0)) : x
}

/**
 * y [images][height][width][lanes] = pixels of tiles `from` to `from` + `count` + bias, then max(0, y) where `relu` is 1;
 * bias 0 stands for none. `edge` holds `lanes` floats.
 */
export function winogradOutput(
  m: usize, bias: usize, y: usize, edge: usize, from: i32, count: i32, height: i32, width: i32, lanes: i32,
  rows: i32, columns: i32, floats: i32, tiles: i32, relu: i32,
): void {
  const line = <usize>lanes << 2, plane = winogradPlane(tiles, floats), tile = <usize>floats << 2, zero = splat(0)
  let b = from / (rows * columns), i = from / columns % rows, j = from % columns
  for (const end = m + <usize>count * tile; m < end; m += tile) {
    const right = 2 * j + 1 < width, below = 2 * i + 1 < height
    const p = y + <usize>((b * height + 2 * i) * width + 2 * j) * line, q = p + <usize>width * line
    const p1 = right ? p + line : edge, q0 = below ? q : edge, q1 = right && below ? q + line : edge
    let c: usize = 0
    for (let n = floats, at = m; n > 0; n -= 4, at += 16, c += 16) {
      const v = bias ? v128.load(bias + c) : zero
      let f = at
      let m0 = v128.load(f), m1 = v128.load(f + plane), m2 = v128.load(f + 2 * plane), m3 = v128.load(f + 3 * plane)
      f += plane << 2
      const a0 = f32x4.add(f32x4.add(m0, m1), m2), a1 = f32x4.sub(f32x4.sub(m1, m2), m3)
      m0 = v128.load(f); m1 = v128.load(f + plane); m2 = v128.load(f + 2 * plane); m3 = v128.load(f + 3 * plane)
      f += plane << 2
      const b0 = f32x4.add(f32x4.add(m0, m1), m2), b1 = f32x4.sub(f32x4.sub(m1, m2), m3)
      m0 = v128.load(f); m1 = v128.load(f + plane); m2 = v128.load(f + 2 * plane); m3 = v128.load(f + 3 * plane)
      f += plane << 2
      const c0 = f32x4.add(f32x4.add(m0, m1), m2), c1 = f32x4.sub(f32x4.sub(m1, m2), m3)
      m0 = v128.load(f); m1 = v128.load(f + plane); m2 = v128.load(f + 2 * plane); m3 = v128.load(f + 3 * plane)
      const d0 = f32x4.add(f32x4.add(m0, m1), m2), d1 = f32x4.sub(f32x4.sub(m1, m2), m3)
      v128.store(p + c, bounded(f32x4.add(f32x4.add(f32x4.add(a0, b0), c0), v), relu))
      v128.store(p1 + c, bounded(f32x4.add(f32x4.sub(f32x4.sub(b0, c0), d0), v), relu))
      v128.store(q0 + c, bounded(f32x4.add(f32x4.add(f32x4.add(a1, b1), c1), v), relu))
      v128.store(q1 + c, bounded(f32x4.add(f32x4.sub(f32x4.sub(b1, c1), d1), v), relu))
    }
    for (; c < line; c += 16) {
      v128.store(p + c, zero); v128.store(p1 + c, zero); v128.store(q0 + c, zero); v128.store(q1 + c, zero)
    }
    if (++j == columns) { j = 0; if (++i == rows) { i = 0; b++ } }
  }
}

/** A of Winograd for one column of a tile: its four planes from q on. */
// @ts-ignore: decorator
@inline
function storeColumn(q: usize, plane: usize, a: v128, b: v128): void {
  v128.store(q, a); q += plane
  v128.store(q, f32x4.add(a, b)); q += plane
  v128.store(q, f32x4.sub(a, b)); q += plane
  v128.store(q, f32x4.neg(b))
}

/**
 * The reverse: tiles of the gradient d [images][height][width][lanes] of y, for the products. Where y is not 0 only those
 * numbers pass where y > 0 (the slope of relu). Where sums is not 0, sums [lanes] += sum over pixels. `edge` holds
 * 4 * lanes floats.
 */
export function winogradOutputGradient(
  d: usize, y: usize, out: usize, sums: usize, edge: usize, from: i32, count: i32, height: i32, width: i32, lanes: i32,
  rows: i32, columns: i32, floats: i32, tiles: i32,
): void {
  const line = <usize>lanes << 2, plane = winogradPlane(tiles, floats), tile = <usize>floats << 2, zero = splat(0)
  let b = from / (rows * columns), i = from / columns % rows, j = from % columns
  for (const end = out + <usize>count * tile; out < end; out += tile) {
    const at = <usize>((b * height + 2 * i) * width + 2 * j) * line
    let p = d + at, m = y ? y + at : 0, row = <usize>width * line
    if (2 * j + 2 > width || 2 * i + 2 > height) {
      for (let r = 0, q = edge; r < 2; r++) for (let s = 0; s < 2; s++, q += line) {
        const shift = <usize>r * row + <usize>s * line
        if (2 * i + r >= height || 2 * j + s >= width) clearLine(q, line)
        else for (let c: usize = 0; c < line; c += 16) {
          const v = v128.load(p + shift + c)
          v128.store(q + c, m ? v128.and(v, f32x4.gt(v128.load(m + shift + c), zero)) : v)
        }
      }
      p = edge
      m = 0
      row = line << 1
    }
    for (let n = floats, to = out, sum = sums; n > 0; n -= 4, to += 16, p += 16, sum += 16) {
      let a0 = v128.load(p), a1 = v128.load(p + row), b0 = v128.load(p + line), b1 = v128.load(p + line + row)
      if (m) {
        a0 = v128.and(a0, f32x4.gt(v128.load(m), zero)); a1 = v128.and(a1, f32x4.gt(v128.load(m + row), zero))
        b0 = v128.and(b0, f32x4.gt(v128.load(m + line), zero)); b1 = v128.and(b1, f32x4.gt(v128.load(m + line + row), zero))
        m += 16
      }
      const c0 = f32x4.add(a0, b0), c1 = f32x4.add(a1, b1)
      if (sums) v128.store(sum, f32x4.add(v128.load(sum), f32x4.add(c0, c1)))
      let q = to
      storeColumn(q, plane, a0, a1); q += plane << 2
      storeColumn(q, plane, c0, c1); q += plane << 2
      storeColumn(q, plane, f32x4.sub(a0, b0), f32x4.sub(a1, b1)); q += plane << 2
      storeColumn(q, plane, f32x4.neg(b0), f32x4.neg(b1))
    }
    if (++j == columns) { j = 0; if (++i == rows) { i = 0; b++ } }
  }
}
