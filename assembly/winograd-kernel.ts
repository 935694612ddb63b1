// Winograd's convolution: kernels of 3 x 3 as 36 matrices, one for each product of a tile, and their gradient back. Matrices
// lie in panels, [36][columns / 8][rows rounded up to 4][8]. `half` holds 72 floats.
import { splat } from './arithmetic'
import { kernelGradientLine, kernelLine } from './winograd-lines'

/** w in panels [filters / 8][9 * channels][8] -> u, matrices of `channels` rows; the rows that fill up are 0. */
export function winogradKernel(w: usize, u: usize, half: usize, channels: i32, filters: i32): void {
  const rows = (channels + 3) & ~3, tap = <usize>channels << 5, zero = splat(0)
  const panels = (filters + 7) >> 3, plane = <usize>(panels * rows) << 5
  for (let n = 0; n < panels; n++, w += 9 * tap) {
    let p = w
    for (let c = channels << 1; c > 0; c--, p += 16, u += 16) {
      for (let s = 0, q = half, at = p; s < 3; s++, q += 16, at += tap) kernelLine(at, 3 * tap, q, 48)
      for (let r = 0, q = u, at = half; r < 6; r++, q += 6 * plane, at += 48) kernelLine(at, 16, q, plane)
    }
    for (let c = channels; c < rows; c++, u += 32) for (let f = 0, q = u; f < 36; f++, q += plane) {
      v128.store(q, zero); v128.store(q, zero, 16)
    }
  }
}

/** Matrices of `rows` rows and `columns` columns -> their transposes. */
export function winogradTransposed(u: usize, out: usize, rows: i32, columns: i32): void {
  const tall = (rows + 3) & ~3, wide = (columns + 3) & ~3
  const panel = <usize>tall << 5, plane = <usize>((columns + 7) >> 3) * panel
  const panelOut = <usize>wide << 5, planeOut = <usize>((rows + 7) >> 3) * panelOut
  for (let f = 0; f < 36; f++, u += plane, out += planeOut) {
    for (let n = 0; n < wide; n += 4) for (let k = 0; k < tall; k += 4) {
      const p = u + <usize>(n >> 3) * panel + (<usize>(k * 8 + (n & 4)) << 2)
      const q = out + <usize>(k >> 3) * panelOut + (<usize>(n * 8 + (k & 4)) << 2)
      const a = v128.load(p), b = v128.load(p, 32), c = v128.load(p, 64), d = v128.load(p, 96)
      const t0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5), t1 = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
      const t2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7), t3 = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
      v128.store(q, v128.shuffle<f64>(t0, t1, 0, 2)); v128.store(q, v128.shuffle<f64>(t0, t1, 1, 3), 32)
      v128.store(q, v128.shuffle<f64>(t2, t3, 0, 2), 64); v128.store(q, v128.shuffle<f64>(t2, t3, 1, 3), 96)
    }
  }
}

/** The gradient g of w, in its panels, from that of the matrices u. */
export function winogradKernelGradient(u: usize, g: usize, half: usize, channels: i32, filters: i32): void {
  const rows = (channels + 3) & ~3, tap = <usize>channels << 5
  const panels = (filters + 7) >> 3, plane = <usize>(panels * rows) << 5
  for (let n = 0; n < panels; n++, g += 9 * tap, u += <usize>(rows - channels) << 5) {
    let q = g
    for (let c = channels << 1; c > 0; c--, q += 16, u += 16) {
      for (let s = 0, to = half, at = u; s < 6; s++, to += 16, at += plane) kernelGradientLine(at, 6 * plane, to, 96)
      for (let r = 0, to = q, at = half; r < 3; r++, to += 3 * tap, at += 96) kernelGradientLine(at, 16, to, tap)
    }
  }
}
