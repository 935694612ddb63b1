// Pooling of images [images][height][width][lanes], lanes a multiple of 4. A window that looks over the border of its
// image sees only what is there. `top` and `left` say how far the first one looks over.
import { splat } from './arithmetic'

/** y = largest or, where `mean` is 1, mean number of each window. */
export function pool(
  x: usize, y: usize, images: i32, height: i32, width: i32, lanes: i32, outHeight: i32, outWidth: i32,
  poolHeight: i32, poolWidth: i32, strideY: i32, strideX: i32, top: i32, left: i32, mean: i32,
): void {
  const line = <usize>lanes << 2, row = <usize>width * line, image = <usize>height * row
  for (let b = 0; b < images; b++, x += image) for (let i = 0; i < outHeight; i++) {
    const y0 = i * strideY - top, from = max(y0, 0), to = min(y0 + poolHeight, height)
    for (let j = 0; j < outWidth; j++, y += line) {
      const x0 = j * strideX - left, first = max(x0, 0), last = min(x0 + poolWidth, width)
      const start = x + <usize>from * row + <usize>first * line
      const skip = row - <usize>(last - first) * line
      const share = splat(<f32>1 / <f32>((to - from) * (last - first)))
      for (let c: usize = 0; c < line; c += 16) {
        let p = start + c, v = mean ? splat(0) : v128.load(p)
        for (let r = from; r < to; r++, p += skip) for (let s = first; s < last; s++, p += line) {
          const u = v128.load(p)
          v = mean ? f32x4.add(v, u) : f32x4.pmax(v, u)
        }
        v128.store(y + c, mean ? f32x4.mul(v, share) : v)
      }
    }
  }
}

/**
 * g = what d gives to the first largest number of each window. Where `rectified` is 1, x is the result of a relu whose
 * slope is put in as well: nothing passes where the largest number is 0.
 */
export function maxPoolGradient(
  x: usize, y: usize, d: usize, g: usize, images: i32, height: i32, width: i32, lanes: i32, outHeight: i32, outWidth: i32,
  poolHeight: i32, poolWidth: i32, strideY: i32, strideX: i32, top: i32, left: i32, rectified: i32,
): void {
  const line = <usize>lanes << 2, row = <usize>width * line, image = <usize>height * row, toG = g - x
  const zero = splat(0), apart = strideY >= poolHeight && strideX >= poolWidth
  const tiled = strideY == poolHeight && strideX == poolWidth && outHeight * strideY == height && outWidth * strideX == width
  for (let b = 0; b < images; b++, x += image) {
    // Windows that cover everything write everything.
    if (!tiled) memory.fill(x + toG, 0, image)
    for (let i = 0; i < outHeight; i++) {
      const y0 = i * strideY - top, from = max(y0, 0), to = min(y0 + poolHeight, height)
      for (let j = 0; j < outWidth; j++, y += line, d += line) {
        const x0 = j * strideX - left, first = max(x0, 0), last = min(x0 + poolWidth, width)
        const start = x + <usize>from * row + <usize>first * line
        const skip = row - <usize>(last - first) * line
        for (let c: usize = 0; c < line; c += 16) {
          const top4 = v128.load(y + c)
          let left4 = v128.load(d + c), p = start + c
          if (rectified) left4 = v128.and(left4, f32x4.gt(top4, zero))
          for (let r = from; r < to; r++, p += skip) for (let s = first; s < last; s++, p += line) {
            const here = f32x4.eq(v128.load(p), top4), q = p + toG, v = v128.and(left4, here)
            v128.store(q, apart ? v : f32x4.add(v128.load(q), v))
            left4 = v128.andnot(left4, here)
          }
        }
      }
    }
  }
}

/** g = d shared out evenly to each window; g is cleared here. */
export function meanPoolGradient(
  d: usize, g: usize, images: i32, height: i32, width: i32, lanes: i32, outHeight: i32, outWidth: i32,
  poolHeight: i32, poolWidth: i32, strideY: i32, strideX: i32, top: i32, left: i32,
): void {
  const line = <usize>lanes << 2, row = <usize>width * line, image = <usize>height * row
  for (let b = 0; b < images; b++, g += image) {
    memory.fill(g, 0, image)
    for (let i = 0; i < outHeight; i++) {
      const y0 = i * strideY - top, from = max(y0, 0), to = min(y0 + poolHeight, height)
      for (let j = 0; j < outWidth; j++, d += line) {
        const x0 = j * strideX - left, first = max(x0, 0), last = min(x0 + poolWidth, width)
        const start = g + <usize>from * row + <usize>first * line
        const skip = row - <usize>(last - first) * line
        const share = splat(<f32>1 / <f32>((to - from) * (last - first)))
        for (let c: usize = 0; c < line; c += 16) {
          const v = f32x4.mul(v128.load(d + c), share)
          let p = start + c
          for (let r = from; r < to; r++, p += skip) for (let s = first; s < last; s++, p += line) {
            v128.store(p, f32x4.add(v128.load(p), v))
          }
        }
      }
    }
  }
}

/** y [rows][lanes] = largest of the `count` lines of each row. */
export function maxOfLines(x: usize, y: usize, rows: i32, count: i32, lanes: i32): void {
  const line = <usize>lanes << 2
  for (let r = 0; r < rows; r++, x += <usize>count * line, y += line) {
    for (let c: usize = 0; c < line; c += 16) {
      let p = x + c, v = v128.load(p)
      for (let i = 1; i < count; i++) {
        p += line
        v = f32x4.pmax(v, v128.load(p))
      }
      v128.store(y + c, v)
    }
  }
}

/** g = d for every number that is the largest: several where they are equal, as tfjs has it. */
export function maxOfLinesGradient(x: usize, y: usize, d: usize, g: usize, rows: i32, count: i32, lanes: i32): void {
  const line = <usize>lanes << 2
  for (let r = 0; r < rows; r++, y += line, d += line) for (let i = 0; i < count; i++) {
    for (let c: usize = 0; c < line; c += 16, x += 16, g += 16) {
      v128.store(g, v128.and(v128.load(d + c), f32x4.eq(v128.load(x), v128.load(y + c))))
    }
  }
}

/** y [rows][lanes] = scale * sum of the `count` lines of each row. */
export function sumOfLines(x: usize, y: usize, rows: i32, count: i32, lanes: i32, scale: f32): void {
  const line = <usize>lanes << 2, s = splat(scale)
  for (let r = 0; r < rows; r++, x += <usize>count * line, y += line) {
    for (let c: usize = 0; c < line; c += 16) {
      let v = splat(0)
      for (let i = 0, p = x + c; i < count; i++, p += line) v = f32x4.add(v, v128.load(p))
      v128.store(y + c, f32x4.mul(v, s))
    }
  }
}

/** Each of the `count` lines of a row of y = scale * the line of that row of x. */
export function repeatLines(x: usize, y: usize, rows: i32, count: i32, lanes: i32, scale: f32): void {
  const line = <usize>lanes << 2, s = splat(scale)
  for (let r = 0; r < rows; r++, x += line) for (let i = 0; i < count; i++) {
    for (let c: usize = 0; c < line; c += 16, y += 16) v128.store(y, f32x4.mul(v128.load(x + c), s))
  }
}
