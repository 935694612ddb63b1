// Winograd's convolution F(2x2, 3x3): from images to tiles, and back for the gradient. See Lavin and Gray, "Fast algorithms
// for convolutional neural networks", 2015. A tile makes 2 x 2 pixels of the output from 4 x 4 of the input; where a
// direct convolution takes 36 products for that, it takes 16.
//
// Tiles of an image are numbered line by line, image by image; a block of them lies in 16 planes, one for each product:
// [16][tiles][floats], plane 4 s + r for column s and row r of a tile; `floats` are the channels rounded up to 4.
import { splat } from './arithmetic'

/** Bytes from one plane to the next: a cache line more than is in it, or all planes would fall on the same lines of the cache. */
// @ts-ignore: decorator
@inline
export function winogradPlane(tiles: i32, floats: i32): usize {
  return (<usize>(tiles * floats) << 2) + 64
}

/** Faster than memory.fill, which calls the host, for so little. */
// @ts-ignore: decorator
@inline
export function clearLine(at: usize, bytes: usize): void {
  for (const end = at + bytes; at < end; at += 16) v128.store(at, splat(0))
}

/** B^T of Winograd for four numbers in a row; which of the results: 0 to 3. */
// @ts-ignore: decorator
@inline
function spread(row: i32, a: v128, b: v128, c: v128, d: v128): v128 {
  if (row == 0) return f32x4.sub(a, c)
  if (row == 1) return f32x4.add(b, c)
  if (row == 2) return f32x4.sub(c, b)
  return f32x4.sub(b, d)
}

/**
 * Tiles `from` to `from` + `count` of x [images][height][width][lanes], transformed. A tile at row i and column j begins at
 * pixel (2 i - top, 2 j - left); there are zeros around x. `edge` holds 16 * lanes floats.
 */
export function winogradInput(
  x: usize, out: usize, edge: usize, from: i32, count: i32, height: i32, width: i32, lanes: i32, top: i32, left: i32,
  rows: i32, columns: i32, floats: i32, tiles: i32,
): void {
  const line = <usize>lanes << 2, plane = winogradPlane(tiles, floats), tile = <usize>floats << 2
  let b = from / (rows * columns), i = from / columns % rows, j = from % columns
  for (const end = out + <usize>count * tile; out < end; out += tile) {
    const y0 = 2 * i - top, x0 = 2 * j - left
    let p = x + <usize>((b * height + y0) * width + x0) * line, row = <usize>width * line
    if (y0 < 0 || x0 < 0 || y0 + 4 > height || x0 + 4 > width) {
      const image = x + <usize>(b * height * width) * line
      for (let r = 0, q = edge; r < 4; r++) for (let s = 0; s < 4; s++, q += line) {
        const v = y0 + r, u = x0 + s
        if (<u32>v < <u32>height && <u32>u < <u32>width) {
          const here = image + <usize>(v * width + u) * line
          for (let c: usize = 0; c < line; c += 16) v128.store(q + c, v128.load(here + c))
        } else clearLine(q, line)
      }
      p = edge
      row = line << 2
    }
    let p1 = p + row, p2 = p1 + row, p3 = p2 + row
    const line2 = line << 1, line3 = line2 + line
    for (let n = floats, to = out; n > 0; n -= 4, to += 16) {
      let a = v128.load(p + line2), b = v128.load(p1 + line2), c = v128.load(p2 + line2), d = v128.load(p3 + line2)
      const s0 = spread(0, a, b, c, d), s1 = spread(1, a, b, c, d), s2 = spread(2, a, b, c, d), s3 = spread(3, a, b, c, d)
      a = v128.load(p); b = v128.load(p1); c = v128.load(p2); d = v128.load(p3)
      let q = to
      v128.store(q, f32x4.sub(spread(0, a, b, c, d), s0)); q += plane
      v128.store(q, f32x4.sub(spread(1, a, b, c, d), s1)); q += plane
      v128.store(q, f32x4.sub(spread(2, a, b, c, d), s2)); q += plane
      v128.store(q, f32x4.sub(spread(3, a, b, c, d), s3)); q += plane
      a = v128.load(p + line); b = v128.load(p1 + line); c = v128.load(p2 + line); d = v128.load(p3 + line)
      const t0 = spread(0, a, b, c, d), t1 = spread(1, a, b, c, d), t2 = spread(2, a, b, c, d), t3 = spread(3, a, b, c, d)
      v128.store(q, f32x4.add(t0, s0)); q += plane
      v128.store(q, f32x4.add(t1, s1)); q += plane
      v128.store(q, f32x4.add(t2, s2)); q += plane
      v128.store(q, f32x4.add(t3, s3)); q += plane
      v128.store(q, f32x4.sub(s0, t0)); q += plane
      v128.store(q, f32x4.sub(s1, t1)); q += plane
      v128.store(q, f32x4.sub(s2, t2)); q += plane
      v128.store(q, f32x4.sub(s3, t3)); q += plane
      a = v128.load(p + line3); b = v128.load(p1 + line3); c = v128.load(p2 + line3); d = v128.load(p3 + line3)
      v128.store(q, f32x4.sub(t0, spread(0, a, b, c, d))); q += plane
      v128.store(q, f32x4.sub(t1, spread(1, a, b, c, d))); q += plane
      v128.store(q, f32x4.sub(t2, spread(2, a, b, c, d))); q += plane
      v128.store(q, f32x4.sub(t3, spread(3, a, b, c, d)))
      p += 16; p1 += 16; p2 += 16; p3 += 16
    }
    if (++j == columns) { j = 0; if (++i == rows) { i = 0; b++ } }
  }
}

// @ts-ignore: decorator
@inline
function addTo(at: usize, v: v128): void {
  v128.store(at, f32x4.add(v128.load(at), v))
}

/** B of Winograd for one column of a tile, added to the column at p. */
// @ts-ignore: decorator
@inline
function addColumn(p: usize, row: usize, m0: v128, m1: v128, m2: v128, m3: v128): void {
  addTo(p, m0); p += row
  addTo(p, f32x4.add(f32x4.sub(m1, m2), m3)); p += row
  addTo(p, f32x4.sub(f32x4.add(m1, m2), m0)); p += row
  v128.store(p, f32x4.sub(v128.load(p), m3))
}

/** The reverse: adds what tiles of gradients m give to the pixels that they came from. Clears each image before its first tile. */
export function winogradInputGradient(
  m: usize, g: usize, edge: usize, from: i32, count: i32, height: i32, width: i32, lanes: i32, top: i32, left: i32,
  rows: i32, columns: i32, floats: i32, tiles: i32,
): void {
  const line = <usize>lanes << 2, plane = winogradPlane(tiles, floats), tile = <usize>floats << 2
  let b = from / (rows * columns), i = from / columns % rows, j = from % columns
  for (const end = m + <usize>count * tile; m < end; m += tile) {
    const y0 = 2 * i - top, x0 = 2 * j - left, image = g + <usize>(b * height * width) * line
    if (i + j == 0) memory.fill(image, 0, <usize>(height * width) * line)
    const inside = y0 >= 0 && x0 >= 0 && y0 + 4 <= height && x0 + 4 <= width
    let p = edge, row = line << 2
    if (inside) {
      p = image + <usize>(y0 * width + x0) * line
      row = <usize>width * line
    } else clearLine(edge, line << 4)
    for (let n = floats, at = m; n > 0; n -= 4, at += 16, p += 16) {
      let q = at
      const a0 = v128.load(q), a1 = v128.load(q + plane), a2 = v128.load(q + 2 * plane), a3 = v128.load(q + 3 * plane)
      addColumn(p, row, a0, a1, a2, a3)
      q += plane << 2
      const b0 = v128.load(q), b1 = v128.load(q + plane), b2 = v128.load(q + 2 * plane), b3 = v128.load(q + 3 * plane)
      q += plane << 2
      const c0 = v128.load(q), c1 = v128.load(q + plane), c2 = v128.load(q + 2 * plane), c3 = v128.load(q + 3 * plane)
      q += plane << 2
      addColumn(
        p + line + line, row, f32x4.sub(f32x4.add(b0, c0), a0), f32x4.sub(f32x4.add(b1, c1), a1),
        f32x4.sub(f32x4.add(b2, c2), a2), f32x4.sub(f32x4.add(b3, c3), a3),
      )
      const d0 = v128.load(q), d1 = v128.load(q + plane), d2 = v128.load(q + 2 * plane), d3 = v128.load(q + 3 * plane)
      addColumn(
        p + line, row, f32x4.add(f32x4.sub(b0, c0), d0), f32x4.add(f32x4.sub(b1, c1), d1),
        f32x4.add(f32x4.sub(b2, c2), d2), f32x4.add(f32x4.sub(b3, c3), d3),
      )
      addColumn(p + line + line + line, row, f32x4.neg(d0), f32x4.neg(d1), f32x4.neg(d2), f32x4.neg(d3))
    }
    if (!inside) {
      for (let r = 0, q = edge; r < 4; r++) for (let s = 0; s < 4; s++, q += line) {
        const v = y0 + r, u = x0 + s
        if (<u32>v >= <u32>height || <u32>u >= <u32>width) continue
        const here = image + <usize>(v * width + u) * line
        for (let c: usize = 0; c < line; c += 16) addTo(here + c, v128.load(q + c))
      }
    }
    if (++j == columns) { j = 0; if (++i == rows) { i = 0; b++ } }
  }
}
