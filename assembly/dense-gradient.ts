// The gradient of a kernel in panels, g = x^T d, and learning from it. Rows come in multiples of 4, widths in multiples of 8.
// Of x four columns are read at a time and of d eight. Where rows are many, they lie in strips of that width, one after the
// other, so that every loop reads straight on (`strips` is 1); a few short rows are read where they lie (`strips` is 0).
import { madd, splat } from './arithmetic'
import { update } from './optimizers'

/** Rows [rows][width] -> strips [width / 4][rows][4]. */
export function stripsOf4(x: usize, out: usize, rows: i32, width: i32): void {
  const t = <usize>width << 2
  for (let n: usize = 0; n < t; n += 16) {
    for (let p = x + n, end = p + <usize>rows * t; p < end; p += t, out += 16) v128.store(out, v128.load(p))
  }
}

/** Rows [rows][width] -> strips [width / 8][rows][8]. */
export function stripsOf8(x: usize, out: usize, rows: i32, width: i32): void {
  const t = <usize>width << 2
  for (let n: usize = 0; n < t; n += 32) {
    for (let p = x + n, end = p + <usize>rows * t; p < end; p += t, out += 32) {
      v128.store(out, v128.load(p)); v128.store(out, v128.load(p, 16), 16)
    }
  }
}

/** Four lines of a panel of the gradient: g [4][8]. From row to row x goes on by `xRow` bytes and d by `dRow`. */
// @ts-ignore: decorator
@inline
function tile(x: usize, d: usize, g: usize, last: usize, xRow: usize, dRow: usize): void {
  const zero = splat(0)
  let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero
  for (; d < last; x += xRow, d += dRow) {
    const d0 = v128.load(d), d1 = v128.load(d, 16)
    let v = v128.load32_splat(x)
    c00 = madd(v, d0, c00); c01 = madd(v, d1, c01)
    v = v128.load32_splat(x, 4)
    c10 = madd(v, d0, c10); c11 = madd(v, d1, c11)
    v = v128.load32_splat(x, 8)
    c20 = madd(v, d0, c20); c21 = madd(v, d1, c21)
    v = v128.load32_splat(x, 12)
    c30 = madd(v, d0, c30); c31 = madd(v, d1, c31)
  }
  v128.store(g, c00); v128.store(g, c01, 16); v128.store(g, c10, 32); v128.store(g, c11, 48)
  v128.store(g, c20, 64); v128.store(g, c21, 80); v128.store(g, c30, 96); v128.store(g, c31, 112)
}

/** `count` lines of a panel from strips. */
function panelOfStrips(x: usize, d: usize, g: usize, rows: i32, count: i32): void {
  const strip = <usize>rows << 4, last = d + (<usize>rows << 5)
  for (const end = g + (<usize>count << 5); g < end; g += 128, x += strip) tile(x, d, g, last, 16, 32)
}

/** `count` lines of a panel from rows of `xRow` and of `dRow` bytes. */
function panelOfRows(x: usize, d: usize, g: usize, rows: i32, count: i32, xRow: usize, dRow: usize): void {
  const last = d + <usize>rows * dRow
  for (const end = g + (<usize>count << 5); g < end; g += 128, x += 16) tile(x, d, g, last, xRow, dRow)
}

/** Lines `from` to `from` + `count` of the panel that begins at column `column`. */
// @ts-ignore: decorator
@inline
function panelPart(
  x: usize, d: usize, g: usize, rows: i32, inputs: i32, width: i32, strips: i32, column: i32, from: i32, count: i32,
): void {
  if (strips) panelOfStrips(x + (<usize>(from * rows) << 2), d + (<usize>(column * rows) << 2), g, rows, count)
  else panelOfRows(x + (<usize>from << 2), d + (<usize>column << 2), g, rows, count, <usize>inputs << 2, <usize>width << 2)
}

/** g = x^T d in panels. */
export function denseGradient(x: usize, d: usize, g: usize, rows: i32, inputs: i32, width: i32, strips: i32): void {
  for (let n = 0; n < width; n += 8) {
    panelPart(x, d, g + (<usize>n * inputs << 2), rows, inputs, width, strips, n, 0, inputs)
  }
}

/** Rows of a panel whose gradient is held at a time in `denseLearn`: 8 KiB, a quarter of a first-level cache. */
const HELD = 256

/** `denseGradient` and `update` in one: the gradient goes no further than `scratch` (2,048 floats). */
export function denseLearn(
  x: usize, d: usize, scratch: usize, rows: i32, inputs: i32, width: i32, strips: i32,
  rule: i32, w: usize, s: usize, t: usize, u: usize,
): void {
  for (let n = 0; n < width; n += 8) {
    for (let k = 0; k < inputs; k += HELD) {
      const count = min(HELD, inputs - k), at = <usize>(n * inputs + k * 8) << 2
      panelPart(x, d, scratch, rows, inputs, width, strips, n, k, count)
      update(rule, w + at, scratch, count << 3, s + at, t + at, u + at)
    }
  }
}
