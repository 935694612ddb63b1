// Winograd's convolution: kernels of 3 x 3 as 16 matrices, one for each product of a tile, and their gradient back. Matrices
// lie in panels, [16][columns / 8][rows rounded up to 4][8].
import { splat } from './arithmetic'

/** G of Winograd for three numbers: numbers 1 and 2 of the results; the others are a and c themselves. */
// @ts-ignore: decorator
@inline
function middle(a: v128, b: v128, c: v128, odd: i32): v128 {
  const even = f32x4.add(a, c)
  return f32x4.mul(splat(0.5), odd ? f32x4.sub(even, b) : f32x4.add(even, b))
}

/** w in panels [filters / 8][9 * channels][8] -> u, matrices of `channels` rows; the rows that fill up are 0. */
export function winogradKernel(w: usize, u: usize, channels: i32, filters: i32): void {
  const rows = (channels + 3) & ~3, tap = <usize>channels << 5, zero = splat(0)
  const panels = (filters + 7) >> 3, plane = <usize>(panels * rows) << 5
  for (let n = 0; n < panels; n++, w += 9 * tap) {
    let p = w
    for (let c = 0; c < channels; c++) for (let half = 0; half < 2; half++, p += 16, u += 16) {
      let q = u
      for (let s = 0; s < 4; s++) {
        // Column s of G g^T.
        const from = s == 3 ? p + 2 * tap : p
        let a = v128.load(from), b = v128.load(from + 3 * tap), c = v128.load(from + 6 * tap)
        if (s == 1 || s == 2) {
          a = middle(a, v128.load(p + tap), v128.load(p + 2 * tap), s - 1)
          b = middle(b, v128.load(p + 4 * tap), v128.load(p + 5 * tap), s - 1)
          c = middle(c, v128.load(p + 7 * tap), v128.load(p + 8 * tap), s - 1)
        }
        v128.store(q, a); q += plane
        v128.store(q, middle(a, b, c, 0)); q += plane
        v128.store(q, middle(a, b, c, 1)); q += plane
        v128.store(q, c); q += plane
      }
    }
    for (let c = channels; c < rows; c++, u += 32) for (let f = 0, q = u; f < 16; f++, q += plane) {
      v128.store(q, zero); v128.store(q, zero, 16)
    }
  }
}

/** Matrices of `rows` rows and `columns` columns, both as they count, -> their transposes. */
export function winogradTransposed(u: usize, out: usize, rows: i32, columns: i32): void {
  const tall = (rows + 3) & ~3, wide = (columns + 3) & ~3
  const panel = <usize>tall << 5, plane = <usize>((columns + 7) >> 3) * panel
  const panelOut = <usize>wide << 5, planeOut = <usize>((rows + 7) >> 3) * panelOut
  for (let f = 0; f < 16; f++, u += plane, out += planeOut) {
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
export function winogradKernelGradient(u: usize, g: usize, channels: i32, filters: i32): void {
  const rows = (channels + 3) & ~3, tap = <usize>channels << 5, half = splat(0.5)
  const panels = (filters + 7) >> 3, plane = <usize>(panels * rows) << 5
  for (let n = 0; n < panels; n++, g += 9 * tap, u += <usize>(rows - channels) << 5) {
    let q = g
    for (let c = channels << 1; c > 0; c--, q += 16, u += 16) {
      for (let r = 0, to = q; r < 3; r++, to += 3 * tap) {
        // Row r of G^T u, then times G.
        let p = u
        const a = gathered(r, p, plane)
        p += plane << 2
        const b = gathered(r, p, plane)
        p += plane << 2
        const c = gathered(r, p, plane)
        p += plane << 2
        const d = gathered(r, p, plane), sum = f32x4.mul(half, f32x4.add(b, c))
        v128.store(to, f32x4.add(a, sum))
        v128.store(to + tap, f32x4.mul(half, f32x4.sub(b, c)))
        v128.store(to + 2 * tap, f32x4.add(sum, d))
      }
    }
  }
}

/** Row r of G^T times the column whose planes begin at p. */
// @ts-ignore: decorator
@inline
function gathered(r: i32, p: usize, plane: usize): v128 {
  const b = v128.load(p + plane), c = v128.load(p + 2 * plane)
  if (r == 1) return f32x4.mul(splat(0.5), f32x4.sub(b, c))
  return f32x4.add(v128.load(r ? p + 3 * plane : p), f32x4.mul(splat(0.5), f32x4.add(b, c)))
}
