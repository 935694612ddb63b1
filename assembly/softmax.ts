// Softmax over each row and its logarithm, with gradients from the output. Padding of the result is 0. May work in place.
import { choose, columnMask, splat, sum4 } from './arithmetic'
import { exp, log } from './math'

// @ts-ignore: decorator
@inline
function largest(x: usize, width: i32): f32 {
  let top = load<f32>(x)
  for (let c = 1; c < width; c++) top = max(top, load<f32>(x + (<usize>c << 2)))
  return top
}

export function softmax(x: usize, y: usize, rows: i32, width: i32, lanes: i32): void {
  const line = <usize>lanes << 2
  for (let r = 0; r < rows; r++, x += line, y += line) {
    const top = splat(largest(x, width))
    let sum: f64 = 0
    for (let c = 0; c < lanes; c += 4) {
      const at = <usize>c << 2
      const e = v128.and(exp(f32x4.sub(v128.load(x + at), top)), columnMask(c, width))
      sum += sum4(e)
      v128.store(y + at, e)
    }
    const total = splat(<f32>sum)
    for (let at: usize = 0; at < line; at += 16) v128.store(y + at, f32x4.div(v128.load(y + at), total))
  }
}

/** g = y (d - sum of y d). */
export function softmaxGradient(y: usize, d: usize, g: usize, rows: i32, width: i32, lanes: i32): void {
  const line = <usize>lanes << 2
  for (let r = 0; r < rows; r++, y += line, d += line, g += line) {
    let sum: f64 = 0
    for (let at: usize = 0; at < line; at += 16) sum += sum4(f32x4.mul(v128.load(y + at), v128.load(d + at)))
    const mean = splat(<f32>sum)
    for (let at: usize = 0; at < line; at += 16) {
      v128.store(g + at, f32x4.mul(v128.load(y + at), f32x4.sub(v128.load(d + at), mean)))
    }
  }
}

export function logSoftmax(x: usize, y: usize, rows: i32, width: i32, lanes: i32): void {
  const line = <usize>lanes << 2
  for (let r = 0; r < rows; r++, x += line, y += line) {
    const top = splat(largest(x, width))
    let sum: f64 = 0
    for (let c = 0; c < lanes; c += 4) {
      sum += sum4(v128.and(exp(f32x4.sub(v128.load(x + (<usize>c << 2)), top)), columnMask(c, width)))
    }
    const norm = f32x4.add(top, log(splat(<f32>sum)))
    for (let c = 0; c < lanes; c += 4) {
      const at = <usize>c << 2
      v128.store(y + at, v128.and(f32x4.sub(v128.load(x + at), norm), columnMask(c, width)))
    }
  }
}

/** g = d - e^y * sum of d. */
export function logSoftmaxGradient(y: usize, d: usize, g: usize, rows: i32, width: i32, lanes: i32): void {
  const line = <usize>lanes << 2
  for (let r = 0; r < rows; r++, y += line, d += line, g += line) {
    let sum: f64 = 0
    for (let at: usize = 0; at < line; at += 16) sum += sum4(v128.load(d + at))
    const total = splat(<f32>sum)
    for (let c = 0; c < lanes; c += 4) {
      const at = <usize>c << 2
      const e = f32x4.sub(v128.load(d + at), f32x4.mul(exp(v128.load(y + at)), total))
      v128.store(g + at, choose(columnMask(c, width), e, splat(0)))
    }
  }
}
