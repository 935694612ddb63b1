// Embeddings, and other orders of axes.

/** The line of `table` [vocabulary][lanes] that a number stands for; numbers outside stand for the nearest. */
// @ts-ignore: decorator
@inline
function entry(table: usize, x: usize, vocabulary: i32, lanes: i32): usize {
  const number = i32x4.extract_lane(i32x4.trunc_sat_f32x4_s(v128.load32_zero(x)), 0)
  return table + (<usize>(max(0, min(number, vocabulary - 1)) * lanes) << 2)
}

/** y: for each of the `width` numbers of a line of x its line of the table. */
export function embed(x: usize, table: usize, y: usize, lines: i32, width: i32, xLanes: i32, vocabulary: i32, lanes: i32): void {
  const line = <usize>lanes << 2
  for (let i = 0; i < lines; i++, x += <usize>xLanes << 2) for (let j = 0; j < width; j++, y += line) {
    memory.copy(y, entry(table, x + (<usize>j << 2), vocabulary, lanes), line)
  }
}

/** g += d where the numbers of x look; g, laid out as the table, must have been cleared. */
export function embedGradient(
  x: usize, d: usize, g: usize, lines: i32, width: i32, xLanes: i32, vocabulary: i32, lanes: i32,
): void {
  const line = <usize>lanes << 2
  for (let i = 0; i < lines; i++, x += <usize>xLanes << 2) for (let j = 0; j < width; j++) {
    const to = entry(g, x + (<usize>j << 2), vocabulary, lanes)
    for (let c: usize = 0; c < line; c += 16, d += 16) v128.store(to + c, f32x4.add(v128.load(to + c), v128.load(d)))
  }
}

/**
 * y [rows][n0][n1][n2][lanes], of which n3 are numbers: number (a, b, c, e) is that at a * s0 + b * s1 + c * s2 + e * s3 of
 * its row of x, `size` floats apart.
 */
export function permute(
  x: usize, y: usize, rows: i32, size: i32, n0: i32, n1: i32, n2: i32, n3: i32, s0: i32, s1: i32, s2: i32, s3: i32, lanes: i32,
): void {
  const step = <usize>s3 << 2
  for (let r = 0; r < rows; r++, x += <usize>size << 2) {
    for (let a = 0; a < n0; a++) for (let b = 0; b < n1; b++) for (let c = 0; c < n2; c++) {
      let p = x + (<usize>(a * s0 + b * s1 + c * s2) << 2)
      for (let e = 0; e < n3; e++, p += step, y += 4) store<f32>(y, load<f32>(p))
      for (let e = n3; e < lanes; e++, y += 4) store<f32>(y, 0)
    }
  }
}
