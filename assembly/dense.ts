// Products of matrices for fully connected layers. Rows come in multiples of 4, widths in multiples of 8.
// Weights lie in panels of 8 columns, [width / 8][inputs][8], so that every loop reads straight on.
import { madd, splat } from './arithmetic'

// @ts-ignore: decorator
@inline
function bounded(x: v128, relu: i32): v128 {
  return relu ? f32x4.pmax(x, splat(0)) : x
}

/**
 * z = x W + bias, then max(0, z) where `relu` is 1. x [rows][inputs], z [rows][width]; bias 0 stands for none.
 * With transposed weights it is also the gradient of the input.
 */
export function denseForward(
  x: usize, w: usize, bias: usize, z: usize, rows: i32, inputs: i32, width: i32, relu: i32,
): void {
  const s = <usize>inputs << 2, t = <usize>width << 2, zero = splat(0)
  for (let n = 0; n < width; n += 8) {
    const panel = w + (<usize>(n * inputs) << 2), b = bias + (<usize>n << 2)
    const b0 = bias ? v128.load(b) : zero, b1 = bias ? v128.load(b, 16) : zero
    for (let i = 0; i < rows; i += 4) {
      let x0 = x + <usize>i * s, p = panel
      let x1 = x0 + s, x2 = x1 + s, x3 = x2 + s
      const end = x1
      let c00 = b0, c01 = b1, c10 = b0, c11 = b1, c20 = b0, c21 = b1, c30 = b0, c31 = b1
      while (x0 < end) {
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
      let y = z + <usize>i * t + (<usize>n << 2)
      v128.store(y, bounded(c00, relu)); v128.store(y, bounded(c01, relu), 16); y += t
      v128.store(y, bounded(c10, relu)); v128.store(y, bounded(c11, relu), 16); y += t
      v128.store(y, bounded(c20, relu)); v128.store(y, bounded(c21, relu), 16); y += t
      v128.store(y, bounded(c30, relu)); v128.store(y, bounded(c31, relu), 16)
    }
  }
}

/** Panels [width / 8][inputs][8] -> panels of the transpose, [inputs / 8][width][8]. */
export function transposePanels(w: usize, out: usize, inputs: i32, width: i32): void {
  for (let n = 0; n < width; n += 8) for (let k = 0; k < inputs; k += 4) {
    let p = w + (<usize>(n * inputs + k * 8) << 2), q = out + (<usize>((k & ~7) * width + n * 8 + (k & 4)) << 2)
    for (let half = 0; half < 2; half++) {
      const a = v128.load(p), b = v128.load(p, 32), c = v128.load(p, 64), d = v128.load(p, 96)
      const t0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5), t1 = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
      const t2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7), t3 = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
      v128.store(q, v128.shuffle<f64>(t0, t1, 0, 2)); v128.store(q, v128.shuffle<f64>(t0, t1, 1, 3), 32)
      v128.store(q, v128.shuffle<f64>(t2, t3, 0, 2), 64); v128.store(q, v128.shuffle<f64>(t2, t3, 1, 3), 96)
      p += 16; q += 128
    }
  }
}

/** g = sum of the rows of d: the gradient of a bias. */
export function columnSums(d: usize, g: usize, rows: i32, width: i32): void {
  const t = <usize>width << 2
  for (let n: usize = 0; n < t; n += 16) {
    let sum = splat(0)
    for (let p = d + n, end = p + <usize>rows * t; p < end; p += t) sum = f32x4.add(sum, v128.load(p))
    v128.store(g + n, sum)
  }
}
