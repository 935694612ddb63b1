// Fully connected layer on sparse rows. Row r of the batch owns entries starts[r] .. starts[r + 1] - 1 of `columns` (and
// of `values`; 0 stands for ones). Weights lie row by row, [inputs][width]. Sums run in the order of the dense kernels and
// leave out only products with 0, so that results have the same bits.
import { madd, splat } from './arithmetic'

/** z = x W + bias; a bias of 0 stands for none. */
export function sparseForward(
  starts: usize, columns: usize, values: usize, w: usize, bias: usize, z: usize, rows: i32, width: i32,
): void {
  const line = <usize>width << 2
  for (let r = 0; r < rows; r++, z += line, starts += 4) {
    const from = <usize>load<u32>(starts) << 2, to = <usize>load<u32>(starts, 4) << 2
    for (let n: usize = 0; n < line; n += 32) {
      let c0 = bias ? v128.load(bias + n) : splat(0), c1 = bias ? v128.load(bias + n, 16) : splat(0)
      for (let e = from; e < to; e += 4) {
        const p = w + <usize>load<u32>(columns + e) * line + n
        const x = values ? v128.load32_splat(values + e) : splat(1)
        c0 = madd(x, v128.load(p), c0)
        c1 = madd(x, v128.load(p, 16), c1)
      }
      v128.store(z + n, c0)
      v128.store(z + n, c1, 16)
    }
  }
}

/** g += x^T d; g [inputs][width] must have been cleared. */
export function sparseGradient(
  starts: usize, columns: usize, values: usize, d: usize, g: usize, rows: i32, width: i32,
): void {
  const line = <usize>width << 2
  for (let r = 0; r < rows; r++, d += line, starts += 4) {
    const to = <usize>load<u32>(starts, 4) << 2
    for (let e = <usize>load<u32>(starts) << 2; e < to; e += 4) {
      const q = g + <usize>load<u32>(columns + e) * line
      const x = values ? v128.load32_splat(values + e) : splat(1)
      for (let n: usize = 0; n < line; n += 16) v128.store(q + n, madd(x, v128.load(d + n), v128.load(q + n)))
    }
  }
}
