// Convolutions of images [images][height][width][channels] without copies of their patches (no im2col). Sequences are
// images of one row. Padding at the borders is in x already.
//
// How the kernel lies over x is told in floats: output pixel (i, j) sees `kernelRows` rows, `rowTap` apart, of `taps`
// pieces, `tap` apart, of `length` numbers that lie together; its first number is at i * rowStep + j * step of its image.
// Where channels lie without padding, a kernel row is one piece; otherwise a piece is one pixel.
import { madd, splat } from './arithmetic'

/** Pixels that are computed for all columns before the next ones: what they read stays in the first-level cache. */
const BLOCK = 64

// @ts-ignore: decorator
@inline
function bounded(x: v128, relu: i32): v128 {
  return relu ? f32x4.pmax(x, splat(0)) : x
}

/**
 * z = patches of x · W + bias, then max(0, z) where `relu` is 1; bias 0 stands for none. images * height * width is a
 * multiple of 4. W in panels [lanes / 8][kernelRows * taps * length][8], z [images][height][width][lanes].
 */
export function convolutionForward(
  x: usize, w: usize, bias: usize, z: usize, images: i32, height: i32, width: i32, imageStep: i32, rowStep: i32,
  step: i32, kernelRows: i32, rowTap: i32, taps: i32, tap: i32, length: i32, lanes: i32, relu: i32,
): void {
  const pixel = <usize>step << 2, line = <usize>lanes << 2, zero = splat(0), piece = <usize>length << 2
  const toRow = <usize>(rowStep - width * step) << 2, toImage = <usize>(imageStep - height * rowStep) << 2
  const nextTap = <usize>(tap - length) << 2, nextRow = <usize>(rowTap - taps * tap) << 2
  const panel = <usize>(kernelRows * taps * length) << 5
  let first = x, firstI = 0, firstJ = 0
  for (let left = images * height * width; left > 0; left -= BLOCK) {
    const pixels = min(left, BLOCK)
    let at = first, i = firstI, j = firstJ
    for (let n: usize = 0, q = w; n < line; n += 32, q += panel) {
      const b0 = bias ? v128.load(bias + n) : zero, b1 = bias ? v128.load(bias + n, 16) : zero
      at = first
      i = firstI
      j = firstJ
      let y = z + n
      for (let done = 0; done < pixels; done += 4) {
        let x0 = at
        at += pixel
        if (++j == width) { j = 0; at += toRow; if (++i == height) { i = 0; at += toImage } }
        let x1 = at
        at += pixel
        if (++j == width) { j = 0; at += toRow; if (++i == height) { i = 0; at += toImage } }
        let x2 = at
        at += pixel
        if (++j == width) { j = 0; at += toRow; if (++i == height) { i = 0; at += toImage } }
        let x3 = at
        at += pixel
        if (++j == width) { j = 0; at += toRow; if (++i == height) { i = 0; at += toImage } }
        let p = q, c00 = b0, c01 = b1, c10 = b0, c11 = b1, c20 = b0, c21 = b1, c30 = b0, c31 = b1
        for (let r = 0; r < kernelRows; r++) {
          for (let t = 0; t < taps; t++) {
            for (const end = x0 + piece; x0 < end; ) {
              const w0 = v128.load(p), w1 = v128.load(p, 16)
              let v = v128.load32_splat(x0)
              c00 = madd(v, w0, c00); c01 = madd(v, w1, c01)
              v = v128.load32_splat(x1)
              c10 = madd(v, w0, c10); c11 = madd(v, w1, c11)
              v = v128.load32_splat(x2)
              c20 = madd(v, w0, c20); c21 = madd(v, w1, c21)
              v = v128.load32_splat(x3)
              c30 = madd(v, w0, c30); c31 = madd(v, w1, c31)
              p += 32; x0 += 4; x1 += 4; x2 += 4; x3 += 4
            }
            x0 += nextTap; x1 += nextTap; x2 += nextTap; x3 += nextTap
          }
          x0 += nextRow; x1 += nextRow; x2 += nextRow; x3 += nextRow
        }
        v128.store(y, bounded(c00, relu)); v128.store(y, bounded(c01, relu), 16); y += line
        v128.store(y, bounded(c10, relu)); v128.store(y, bounded(c11, relu), 16); y += line
        v128.store(y, bounded(c20, relu)); v128.store(y, bounded(c21, relu), 16); y += line
        v128.store(y, bounded(c30, relu)); v128.store(y, bounded(c31, relu), 16); y += line
      }
    }
    first = at
    firstI = i
    firstJ = j
    z += <usize>pixels * line
  }
}

// @ts-ignore: decorator
@inline
function addTo(at: usize, a: v128, b: v128): void {
  v128.store(at, f32x4.add(v128.load(at), a))
  v128.store(at, f32x4.add(v128.load(at, 16), b), 16)
}

/**
 * The reverse of the forward step: each pixel of d times the transposed weights is added into the pieces of g that it
 * came from. d in strips [channels of d / 8][pixels rounded up to 4][8], with zeros at the end; W as
 * `transposeKernel` makes it; g (cleared before) has lines of `length` floats, a multiple of 8, one for each tap.
 */
export function convolutionScatter(
  d: usize, w: usize, g: usize, images: i32, height: i32, width: i32, imageStep: i32, rowStep: i32,
  step: i32, kernelRows: i32, rowTap: i32, taps: i32, tap: i32, length: i32, columns: i32,
): void {
  const pixel = <usize>step << 2, piece = <usize>length << 2
  const toRow = <usize>(rowStep - width * step) << 2, toImage = <usize>(imageStep - height * rowStep) << 2
  const total = images * height * width, strip = <usize>((total + 3) & ~3) << 5, panel = <usize>columns << 5
  let first = g, firstI = 0, firstJ = 0
  for (let left = total; left > 0; left -= BLOCK, d += BLOCK << 5) {
    const pixels = min(left, BLOCK)
    let at = first, i = firstI, j = firstJ, q = w
    for (let r = 0; r < kernelRows; r++) for (let t = 0; t < taps; t++) for (let c: usize = 0; c < piece; c += 32) {
      const shift = (<usize>(r * rowTap + t * tap) << 2) + c
      at = first
      i = firstI
      j = firstJ
      for (let done = 0; done < pixels; done += 4) {
        let a = d + (<usize>done << 5), p = q
        const zero = splat(0)
        let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero
        for (let n = columns; n > 0; n -= 8, a += strip - 32) {
          for (const end = a + (<usize>min(n, 8) << 2); a < end; a += 4, p += 32) {
            const w0 = v128.load(p), w1 = v128.load(p, 16)
            let v = v128.load32_splat(a)
            c00 = madd(v, w0, c00); c01 = madd(v, w1, c01)
            v = v128.load32_splat(a, 32)
            c10 = madd(v, w0, c10); c11 = madd(v, w1, c11)
            v = v128.load32_splat(a, 64)
            c20 = madd(v, w0, c20); c21 = madd(v, w1, c21)
            v = v128.load32_splat(a, 96)
            c30 = madd(v, w0, c30); c31 = madd(v, w1, c31)
          }
        }
        const more = pixels - done
        addTo(at + shift, c00, c01)
        at += pixel
        if (++j == width) { j = 0; at += toRow; if (++i == height) { i = 0; at += toImage } }
        if (more > 1) {
          addTo(at + shift, c10, c11)
          at += pixel
          if (++j == width) { j = 0; at += toRow; if (++i == height) { i = 0; at += toImage } }
        }
        if (more > 2) {
          addTo(at + shift, c20, c21)
          at += pixel
          if (++j == width) { j = 0; at += toRow; if (++i == height) { i = 0; at += toImage } }
        }
        if (more > 3) {
          addTo(at + shift, c30, c31)
          at += pixel
          if (++j == width) { j = 0; at += toRow; if (++i == height) { i = 0; at += toImage } }
        }
      }
      q += panel
    }
    first = at
    firstI = i
    firstJ = j
  }
}

// @ts-ignore: decorator
@inline
function addRow(g: usize, a: v128, b: v128): void {
  v128.store(g, f32x4.add(v128.load(g), a))
  v128.store(g, f32x4.add(v128.load(g, 16), b), 16)
}

/**
 * g += patches of x transposed · d, in panels [lanes / 8][kernelRows * taps * length][8]. x in strips of 4 channels,
 * [..][stripX pixels][4], steps counted in floats of a strip; d in strips [lanes / 8][stripD pixels][8].
 */
export function convolutionGradient(
  x: usize, d: usize, g: usize, images: i32, height: i32, width: i32, imageStep: i32, rowStep: i32, step: i32,
  kernelRows: i32, rowTap: i32, taps: i32, tap: i32, length: i32, lanes: i32, stripX: i32, stripD: i32,
): void {
  const pixel = <usize>step << 2, zero = splat(0), line = <usize>width << 5
  const toRow = <usize>(rowStep - width * step) << 2, toImage = <usize>(imageStep - height * rowStep) << 2
  const last = <usize>(images * height * width) << 5
  for (let n = 0; n < lanes; n += 8, d += <usize>stripD << 5) {
    for (let r = 0; r < kernelRows; r++) for (let t = 0; t < taps; t++) {
      let from = x + (<usize>(r * rowTap + t * tap) << 2)
      for (let c = 0; c < length; c += 4, from += <usize>stripX << 4) {
        let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero
        let a = from, i = 0
        for (let p = d, stop = d + last; p < stop; ) {
          for (const end = p + line; p < end; p += 32, a += pixel) {
            const d0 = v128.load(p), d1 = v128.load(p, 16)
            let v = v128.load32_splat(a)
            c00 = madd(v, d0, c00); c01 = madd(v, d1, c01)
            v = v128.load32_splat(a, 4)
            c10 = madd(v, d0, c10); c11 = madd(v, d1, c11)
            v = v128.load32_splat(a, 8)
            c20 = madd(v, d0, c20); c21 = madd(v, d1, c21)
            v = v128.load32_splat(a, 12)
            c30 = madd(v, d0, c30); c31 = madd(v, d1, c31)
          }
          a += toRow
          if (++i == height) { i = 0; a += toImage }
        }
        const more = length - c
        addRow(g, c00, c01); g += 32
        if (more > 1) { addRow(g, c10, c11); g += 32 }
        if (more > 2) { addRow(g, c20, c21); g += 32 }
        if (more > 3) { addRow(g, c30, c31); g += 32 }
      }
    }
  }
}

/** Panels [.. / 8][taps * length][8] of `columns` columns -> [taps][lanes / 8][columns][8] with rows for `lanes` channels. */
export function transposeKernel(w: usize, out: usize, taps: i32, length: i32, lanes: i32, columns: i32): void {
  const panel = <usize>(taps * length) << 5
  for (let t = 0; t < taps; t++) for (let c = 0; c < lanes; c += 8) for (let n = 0; n < columns; n++, out += 32) {
    const from = w + <usize>(n >> 3) * panel + (<usize>((t * length + c) * 8 + (n & 7)) << 2)
    for (let k: usize = 0; k < 8; k++) store<f32>(out + (k << 2), c + <i32>k < length ? load<f32>(from + (k << 5)) : 0)
  }
}
