// Larger images from smaller ones, and their gradients. Images [images][height][width][lanes], lanes a multiple of 4.
import { madd, splat } from './arithmetic'

/** Every pixel of x becomes tall * wide pixels of y. */
export function repeatPixels(x: usize, y: usize, images: i32, height: i32, width: i32, lanes: i32, tall: i32, wide: i32): void {
  const line = <usize>lanes << 2, row = <usize>(width * wide) * line
  for (let i = 0; i < images * height; i++) {
    const first = y
    for (let j = 0; j < width; j++, x += line) for (let k = 0; k < wide; k++, y += line) memory.copy(y, x, line)
    for (let k = 1; k < tall; k++, y += row) memory.copy(y, first, row)
  }
}

/** g = sums of the tall * wide pixels of d that came of one. */
export function sumPixels(d: usize, g: usize, images: i32, height: i32, width: i32, lanes: i32, tall: i32, wide: i32): void {
  const line = <usize>lanes << 2, row = <usize>(width * wide) * line, skip = row - <usize>wide * line
  for (let i = 0; i < images * height; i++, d += <usize>tall * row) for (let j = 0; j < width; j++) {
    const start = d + <usize>(j * wide) * line
    for (let c: usize = 0; c < line; c += 16, g += 16) {
      let sum = splat(0)
      for (let k = 0, p = start + c; k < tall; k++, p += skip) for (let l = 0; l < wide; l++, p += line) {
        sum = f32x4.add(sum, v128.load(p))
      }
      v128.store(g, sum)
    }
  }
}

/** Bilinear: pixel (i, j) of y lies at (i / tall, j / wide) of x. */
export function interpolate(x: usize, y: usize, images: i32, height: i32, width: i32, lanes: i32, tall: i32, wide: i32): void {
  const line = <usize>lanes << 2, row = <usize>width * line, one = splat(1)
  for (let b = 0; b < images; b++, x += <usize>height * row) for (let i = 0; i < height * tall; i++) {
    const i0 = i / tall, fy = splat(<f32>(i - i0 * tall) / <f32>tall), gy = f32x4.sub(one, fy)
    const up = x + <usize>i0 * row, down = x + <usize>min(i0 + 1, height - 1) * row
    for (let j = 0; j < width * wide; j++) {
      const j0 = j / wide, fx = splat(<f32>(j - j0 * wide) / <f32>wide), gx = f32x4.sub(one, fx)
      const left = <usize>j0 * line, right = <usize>min(j0 + 1, width - 1) * line
      for (let c: usize = 0; c < line; c += 16, y += 16) {
        const a = madd(v128.load(up + right + c), fx, f32x4.mul(v128.load(up + left + c), gx))
        const e = madd(v128.load(down + right + c), fx, f32x4.mul(v128.load(down + left + c), gx))
        v128.store(y, madd(e, fy, f32x4.mul(a, gy)))
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function addProduct(at: usize, v: v128, share: v128): void {
  v128.store(at, madd(v, share, v128.load(at)))
}

/** The gradient of `interpolate`; g is cleared here. */
export function interpolateGradient(
  d: usize, g: usize, images: i32, height: i32, width: i32, lanes: i32, tall: i32, wide: i32,
): void {
  const line = <usize>lanes << 2, row = <usize>width * line, one = splat(1)
  memory.fill(g, 0, <usize>(images * height) * row)
  for (let b = 0; b < images; b++, g += <usize>height * row) for (let i = 0; i < height * tall; i++) {
    const i0 = i / tall, fy = splat(<f32>(i - i0 * tall) / <f32>tall), gy = f32x4.sub(one, fy)
    const up = g + <usize>i0 * row, down = g + <usize>min(i0 + 1, height - 1) * row
    for (let j = 0; j < width * wide; j++) {
      const j0 = j / wide, fx = splat(<f32>(j - j0 * wide) / <f32>wide), gx = f32x4.sub(one, fx)
      const left = <usize>j0 * line, right = <usize>min(j0 + 1, width - 1) * line
      for (let c: usize = 0; c < line; c += 16, d += 16) {
        const v = v128.load(d)
        addProduct(up + left + c, v, f32x4.mul(gy, gx))
        addProduct(up + right + c, v, f32x4.mul(gy, fx))
        addProduct(down + left + c, v, f32x4.mul(fy, gx))
        addProduct(down + right + c, v, f32x4.mul(fy, fx))
      }
    }
  }
}
