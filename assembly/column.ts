// Products with a kernel of one column, which lies as one line w [inputs]. Rows of x have `inputs` floats, a multiple of 8,
// and come in multiples of 4; of the rows of z and d, 8 floats each, only the first number counts.
import { madd, splat } from './arithmetic'

// Sums of the four lanes of each of four vectors.
// @ts-ignore: decorator
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7))
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7))
  return f32x4.add(v128.shuffle<f64>(ab, cd, 0, 2), v128.shuffle<f64>(ab, cd, 1, 3))
}

/** z = x w + bias, then max(0, z) where `relu` is 1; bias 0 stands for none. */
export function columnForward(x: usize, w: usize, bias: usize, z: usize, rows: i32, inputs: i32, relu: i32): void {
  const s = <usize>inputs << 2, zero = splat(0), b = bias ? v128.load32_splat(bias) : zero
  for (const end = z + (<usize>rows << 5); z < end; z += 128, x += s << 2) {
    let x0 = x, x1 = x0 + s, x2 = x1 + s, x3 = x2 + s, p = w
    let c0 = zero, c1 = zero, c2 = zero, c3 = zero
    for (const last = x1; x0 < last; x0 += 16, x1 += 16, x2 += 16, x3 += 16, p += 16) {
      const v = v128.load(p)
      c0 = madd(v128.load(x0), v, c0); c1 = madd(v128.load(x1), v, c1)
      c2 = madd(v128.load(x2), v, c2); c3 = madd(v128.load(x3), v, c3)
    }
    let y = f32x4.add(sums(c0, c1, c2, c3), b)
    if (relu) y = f32x4.pmax(y, zero)
    v128.store(z, zero, 16); v128.store(z, zero, 48); v128.store(z, zero, 80); v128.store(z, zero, 112)
    v128.store(z, v128.shuffle<f32>(y, zero, 0, 4, 5, 6)); v128.store(z, v128.shuffle<f32>(y, zero, 1, 4, 5, 6), 32)
    v128.store(z, v128.shuffle<f32>(y, zero, 2, 4, 5, 6), 64); v128.store(z, v128.shuffle<f32>(y, zero, 3, 4, 5, 6), 96)
  }
}

/** The gradient of the input: g = d w. */
export function columnInputGradient(d: usize, w: usize, g: usize, rows: i32, inputs: i32): void {
  const last = w + (<usize>inputs << 2)
  for (const end = d + (<usize>rows << 5); d < end; d += 32) {
    const v = v128.load32_splat(d)
    for (let p = w; p < last; p += 16, g += 16) v128.store(g, f32x4.mul(v, v128.load(p)))
  }
}

/** The gradient of the kernel: g = x^T d. */
export function columnGradient(x: usize, d: usize, g: usize, rows: i32, inputs: i32): void {
  const s = <usize>inputs << 2, last = d + (<usize>rows << 5)
  for (const end = x + s; x < end; x += 32, g += 32) {
    let c0 = splat(0), c1 = splat(0)
    for (let p = x, q = d; q < last; p += s, q += 32) {
      const v = v128.load32_splat(q)
      c0 = madd(v, v128.load(p), c0); c1 = madd(v, v128.load(p, 16), c1)
    }
    v128.store(g, c0); v128.store(g, c1, 16)
  }
}
