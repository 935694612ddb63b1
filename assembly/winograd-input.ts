// Winograd's convolution (winograd-lines.ts): from images to tiles, and back for the gradient.
//
// Tiles of an image are numbered line by line, image by image; a block of them lies in 36 planes, one for each product:
// [36][tiles][floats], plane 6 r + s for row r and column s of a tile; `floats` are the channels rounded up to 4.
import { splat } from './arithmetic'
import { inputGradientLine, inputLine } from './winograd-lines'

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

/**
 * Tiles `from` to `from` + `count` of x [images][height][width][lanes], transformed. A tile at row i and column j begins at
 * pixel (4 i - top, 4 j - left); there are zeros around x. `edge` holds 36 * (lanes + 4) floats.
 */
export function winogradInput(
  x: usize, out: usize, edge: usize, from: i32, count: i32, height: i32, width: i32, lanes: i32, top: i32, left: i32,
  rows: i32, columns: i32, floats: i32, tiles: i32,
): void {
  const line = <usize>lanes << 2, plane = winogradPlane(tiles, floats), tile = <usize>floats << 2
  const half = edge + 36 * line
  let b = from / (rows * columns), i = from / columns % rows, j = from % columns
  for (const end = out + <usize>count * tile; out < end; out += tile) {
    const y0 = 4 * i - top, x0 = 4 * j - left
    let p = x + <usize>((b * height + y0) * width + x0) * line, row = <usize>width * line
    if (y0 < 0 || x0 < 0 || y0 + 6 > height || x0 + 6 > width) {
      const image = x + <usize>(b * height * width) * line
      for (let r = 0, q = edge; r < 6; r++) for (let s = 0; s < 6; s++, q += line) {
        const v = y0 + r, u = x0 + s
        if (<u32>v < <u32>height && <u32>u < <u32>width) {
          const here = image + <usize>(v * width + u) * line
          for (let c: usize = 0; c < line; c += 16) v128.store(q + c, v128.load(here + c))
        } else clearLine(q, line)
      }
      p = edge
      row = 6 * line
    }
    for (const stop = out + tile; out < stop; out += 16, p += 16) {
      for (let s = 0, q = half, at = p; s < 6; s++, q += 16, at += line) inputLine(at, row, q, 96)
      for (let r = 0, q = out, at = half; r < 6; r++, q += 6 * plane, at += 96) inputLine(at, 16, q, plane)
    }
    out -= tile
    if (++j == columns) { j = 0; if (++i == rows) { i = 0; b++ } }
  }
}

/** The reverse: adds what tiles of gradients m give to the pixels that they came from. Clears each image before its first tile. */
export function winogradInputGradient(
  m: usize, g: usize, edge: usize, from: i32, count: i32, height: i32, width: i32, lanes: i32, top: i32, left: i32,
  rows: i32, columns: i32, floats: i32, tiles: i32,
): void {
  const line = <usize>lanes << 2, plane = winogradPlane(tiles, floats), tile = <usize>floats << 2
  const half = edge + 36 * line
  let b = from / (rows * columns), i = from / columns % rows, j = from % columns
  for (const end = m + <usize>count * tile; m < end; m += tile) {
    const y0 = 4 * i - top, x0 = 4 * j - left, image = g + <usize>(b * height * width) * line
    if (i + j == 0) memory.fill(image, 0, <usize>(height * width) * line)
    const inside = y0 >= 0 && x0 >= 0 && y0 + 6 <= height && x0 + 6 <= width
    const row = inside ? <usize>width * line : 6 * line
    let p = inside ? image + <usize>(y0 * width + x0) * line : edge
    if (!inside) clearLine(edge, 36 * line)
    for (let c: usize = 0; c < tile; c += 16, p += 16) {
      for (let s = 0, q = half, at = m + c; s < 6; s++, q += 16, at += plane) inputGradientLine(at, 6 * plane, q, 96, false)
      for (let r = 0, q = p, at = half; r < 6; r++, q += row, at += 96) inputGradientLine(at, 16, q, line, true)
    }
    if (!inside) {
      for (let r = 0, q = edge; r < 6; r++) for (let s = 0; s < 6; s++, q += line) {
        const v = y0 + r, u = x0 + s
        if (<u32>v >= <u32>height || <u32>u >= <u32>width) continue
        const here = image + <usize>(v * width + u) * line
        for (let c: usize = 0; c < line; c += 16) v128.store(here + c, f32x4.add(v128.load(here + c), v128.load(q + c)))
      }
    }
    if (++j == columns) { j = 0; if (++i == rows) { i = 0; b++ } }
  }
}
