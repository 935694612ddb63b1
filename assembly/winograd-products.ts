// Winograd's convolution: the 36 matrix products of a block of tiles. Tiles lie as winograd-input.ts says, matrices as
// winograd-kernel.ts says. Columns count by fours, so that 50 of them cost as much as 52.
//
// Loops are short on purpose: V8 loads all that a turn wants before it computes, and there are 15 registers for that and
// for the sums.
import { madd, splat } from './arithmetic'
import { winogradPlane } from './winograd-input'

/** out = a · w for each plane of `count` tiles, a multiple of 4: a of `inputs` channels, out of `columns` channels. */
export function winogradProducts(
  a: usize, w: usize, out: usize, count: i32, tiles: i32, inputs: i32, columns: i32,
): void {
  const tall = (inputs + 3) & ~3, wide = (columns + 3) & ~3, panel = <usize>tall << 5
  const planeA = winogradPlane(tiles, tall), planeOut = winogradPlane(tiles, wide)
  for (let f = 0; f < 36; f++, a += planeA, out += planeOut) {
    let y = out, n = wide
    for (; n > 12 || n == 8; n -= 8, w += panel, y += 32) {
      products8(a, w, y, count, <usize>tall << 2, <usize>wide << 2, inputs)
    }
    if (n == 12) {
      products12(a, w, y, count, <usize>tall << 2, <usize>wide << 2, inputs, panel)
      w += panel << 1
    }
  }
}

/** Eight columns, four tiles at a time. */
function products8(a: usize, w: usize, y: usize, count: i32, tile: usize, line: usize, inputs: i32): void {
  const zero = splat(0), length = <usize>inputs << 2
  for (; count > 0; count -= 4, a += tile << 2) {
    let x0 = a, x1 = x0 + tile, x2 = x1 + tile, x3 = x2 + tile, p = w
    let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero
    for (const end = x0 + length; x0 < end; ) {
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
    v128.store(y, c00); v128.store(y, c01, 16); y += line
    v128.store(y, c10); v128.store(y, c11, 16); y += line
    v128.store(y, c20); v128.store(y, c21, 16); y += line
    v128.store(y, c30); v128.store(y, c31, 16); y += line
  }
}

/** Twelve columns, three tiles at a time; where that does not come out even, some of the last ones again. */
function products12(a: usize, w: usize, y: usize, count: i32, tile: usize, line: usize, inputs: i32, panel: usize): void {
  const zero = splat(0), length = <usize>inputs << 2
  for (let done = 0; done < count; done += 3) {
    const from = <usize>min(done, count - 3)
    let x0 = a + from * tile, x1 = x0 + tile, x2 = x1 + tile, p = w, to = y + from * line
    let c00 = zero, c01 = zero, c02 = zero, c10 = zero, c11 = zero, c12 = zero, c20 = zero, c21 = zero, c22 = zero
    for (const end = x0 + length; x0 < end; ) {
      const w0 = v128.load(p), w1 = v128.load(p, 16), w2 = v128.load(p + panel)
      let v = v128.load32_splat(x0)
      c00 = madd(v, w0, c00); c01 = madd(v, w1, c01); c02 = madd(v, w2, c02)
      v = v128.load32_splat(x1)
      c10 = madd(v, w0, c10); c11 = madd(v, w1, c11); c12 = madd(v, w2, c12)
      v = v128.load32_splat(x2)
      c20 = madd(v, w0, c20); c21 = madd(v, w1, c21); c22 = madd(v, w2, c22)
      p += 32; x0 += 4; x1 += 4; x2 += 4
    }
    v128.store(to, c00); v128.store(to, c01, 16); v128.store(to, c02, 32); to += line
    v128.store(to, c10); v128.store(to, c11, 16); v128.store(to, c12, 32); to += line
    v128.store(to, c20); v128.store(to, c21, 16); v128.store(to, c22, 32)
  }
}

// @ts-ignore: decorator
@inline
function addTo(at: usize, v: v128): void {
  v128.store(at, f32x4.add(v128.load(at), v))
}

/** g += a transposed · d for each plane of `count` tiles: a of `inputs` channels, d of `columns` channels. */
export function winogradGradients(
  a: usize, d: usize, g: usize, count: i32, tiles: i32, inputs: i32, columns: i32,
): void {
  const tall = (inputs + 3) & ~3, wide = (columns + 3) & ~3, panel = <usize>tall << 5
  const planeA = winogradPlane(tiles, tall), planeD = winogradPlane(tiles, wide)
  for (let f = 0; f < 36; f++, a += planeA, d += planeD) {
    let n = wide
    for (let p = d; n > 0; n -= 8, p += 32, g += panel) {
      if (n > 4) gradients8(a, p, g, count, <usize>tall << 2, <usize>wide << 2)
      else gradients4(a, p, g, count, <usize>tall << 2, <usize>wide << 2)
    }
  }
}

/** Eight columns, four channels at a time. */
function gradients8(x: usize, d: usize, g: usize, count: i32, tile: usize, line: usize): void {
  const zero = splat(0), all = <usize>count * tile
  for (const stop = x + tile; x < stop; x += 16, g += 128) {
    let a = x, p = d
    let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero
    for (const end = a + all; a < end; a += tile, p += line) {
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
    addTo(g, c00); addTo(g + 16, c01); addTo(g + 32, c10); addTo(g + 48, c11)
    addTo(g + 64, c20); addTo(g + 80, c21); addTo(g + 96, c30); addTo(g + 112, c31)
  }
}

/** Four columns, eight channels at a time: sums of what lies the other way round. */
function gradients4(x: usize, d: usize, g: usize, count: i32, tile: usize, line: usize): void {
  const zero = splat(0), all = <usize>count * tile
  for (const stop = x + tile; x < stop; x += 32, g += 256) {
    let a = d, p = x
    // Of the last four channels twice the same.
    const next: usize = x + 16 < stop ? 16 : 0
    let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero
    for (const end = p + all; p < end; p += tile, a += line) {
      const d0 = v128.load(p), d1 = v128.load(p + next)
      let v = v128.load32_splat(a)
      c00 = madd(v, d0, c00); c01 = madd(v, d1, c01)
      v = v128.load32_splat(a, 4)
      c10 = madd(v, d0, c10); c11 = madd(v, d1, c11)
      v = v128.load32_splat(a, 8)
      c20 = madd(v, d0, c20); c21 = madd(v, d1, c21)
      v = v128.load32_splat(a, 12)
      c30 = madd(v, d0, c30); c31 = madd(v, d1, c31)
    }
    addTransposed(g, c00, c10, c20, c30)
    if (next) addTransposed(g + 128, c01, c11, c21, c31)
  }
}

// @ts-ignore: decorator
@inline
function addTransposed(g: usize, a: v128, b: v128, c: v128, d: v128): void {
  const t0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5), t1 = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
  const t2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7), t3 = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
  addTo(g, v128.shuffle<f64>(t0, t1, 0, 2)); addTo(g + 32, v128.shuffle<f64>(t0, t1, 1, 3))
  addTo(g + 64, v128.shuffle<f64>(t2, t3, 0, 2)); addTo(g + 96, v128.shuffle<f64>(t2, t3, 1, 3))
}
