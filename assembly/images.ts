// Copies of images [images][height][width][lanes] in other forms.
import { splat } from './arithmetic'

/** y = x with borders of zeros. */
export function padImages(
  x: usize, y: usize, images: i32, height: i32, width: i32, lanes: i32, top: i32, bottom: i32, left: i32, right: i32,
): void {
  const line = <usize>(width * lanes) << 2, before = <usize>(left * lanes) << 2, after = <usize>(right * lanes) << 2
  const padded = line + before + after
  for (let b = 0; b < images; b++) {
    memory.fill(y, 0, <usize>top * padded)
    y += <usize>top * padded
    for (let i = 0; i < height; i++, x += line) {
      memory.fill(y, 0, before)
      memory.copy(y + before, x, line)
      memory.fill(y + before + line, 0, after)
      y += padded
    }
    memory.fill(y, 0, <usize>bottom * padded)
    y += <usize>bottom * padded
  }
}

/** y = x without its borders; height and width are those of y. */
export function cropImages(
  x: usize, y: usize, images: i32, height: i32, width: i32, lanes: i32, top: i32, bottom: i32, left: i32, right: i32,
): void {
  const line = <usize>(width * lanes) << 2, before = <usize>(left * lanes) << 2
  const padded = line + before + (<usize>(right * lanes) << 2)
  for (let b = 0; b < images; b++) {
    x += <usize>top * padded
    for (let i = 0; i < height; i++, x += padded, y += line) memory.copy(y, x + before, line)
    x += <usize>bottom * padded
  }
}

/** Pixels that are brought into strips at a time: what they read stays in the first-level cache. */
const BLOCK = 32

/**
 * Gradients of pixels [pixels][lanes] -> strips [lanes / 8][pixels rounded up to 4][8], zeros at the end. Where y is not 0
 * only those where y > 0 pass (the slope of relu). Where sums is not 0, sums [lanes] += sum over pixels.
 */
export function gradientStrips(d: usize, y: usize, out: usize, sums: usize, pixels: i32, lanes: i32): void {
  const line = <usize>lanes << 2, rounded = (pixels + 3) & ~3, strip = <usize>rounded << 5, zero = splat(0)
  for (let left = pixels; left > 0; left -= BLOCK, out += BLOCK << 5) {
    const count = min(left, BLOCK)
    for (let n: usize = 0; n < line; n += 32) {
      let s0 = zero, s1 = zero, p = d + n, q = out + (n >> 5) * strip
      if (y) {
        for (let m = y + n, end = p + <usize>count * line; p < end; p += line, m += line, q += 32) {
          const v0 = v128.and(v128.load(p), f32x4.gt(v128.load(m), zero))
          const v1 = v128.and(v128.load(p, 16), f32x4.gt(v128.load(m, 16), zero))
          v128.store(q, v0); v128.store(q, v1, 16)
          s0 = f32x4.add(s0, v0); s1 = f32x4.add(s1, v1)
        }
      } else {
        for (let end = p + <usize>count * line; p < end; p += line, q += 32) {
          const v0 = v128.load(p), v1 = v128.load(p, 16)
          v128.store(q, v0); v128.store(q, v1, 16)
          s0 = f32x4.add(s0, v0); s1 = f32x4.add(s1, v1)
        }
      }
      if (sums) {
        v128.store(sums + n, f32x4.add(v128.load(sums + n), s0))
        v128.store(sums + n, f32x4.add(v128.load(sums + n, 16), s1), 16)
      }
      if (count == left) memory.fill(q, 0, <usize>(rounded - pixels) << 5)
    }
    d += <usize>count * line
    if (y) y += <usize>count * line
  }
}

/**
 * Patches of images of few channels, [images * height * width][patch], one after the other. The kernel lies over x as
 * convolution.ts says.
 */
export function patches(
  x: usize, out: usize, images: i32, height: i32, width: i32, imageStep: i32, rowStep: i32, step: i32,
  kernelRows: i32, rowTap: i32, taps: i32, tap: i32, length: i32,
): void {
  const piece = <usize>length << 2
  for (let b = 0; b < images; b++) for (let i = 0; i < height; i++) {
    let from = x + (<usize>(b * imageStep + i * rowStep) << 2)
    for (let j = 0; j < width; j++, from += <usize>step << 2) {
      for (let r = 0, line = from; r < kernelRows; r++, line += <usize>rowTap << 2) {
        for (let t = 0, p = line; t < taps; t++, p += <usize>tap << 2) {
          let n: usize = 0
          for (; n + 16 <= piece; n += 16) v128.store(out + n, v128.load(p + n))
          // What is left of a long piece, with some of what comes before.
          if (n < piece && n > 0) v128.store(out + piece - 16, v128.load(p + piece - 16))
          else for (; n < piece; n += 4) store<f32>(out + n, load<f32>(p + n))
          out += piece
        }
      }
    }
  }
}
