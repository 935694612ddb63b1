/**
 * The lower Cholesky factor L of a symmetric positive definite matrix that grows by rows. Row i depends on the rows
 * above it only, so a factor grown row by row is the same, bit for bit, as one computed at once.
 */
export class CholeskyFactor {
  /** Rows one after the other: row i has i + 1 entries and begins at i (i + 1) / 2. */
  #rows: Float64Array
  #size = 0

  constructor(capacity = 32) {
    this.#rows = new Float64Array(triangle(capacity))
  }

  get size(): number {
    return this.#size
  }

  /** Entry (i, j), j <= i. */
  at(i: number, j: number): number {
    return this.#rows[triangle(i) + j] as number
  }

  /**
   * Adds a row to the matrix: its entries up to and with the diagonal, `size` + 1 numbers. A squared pivot below
   * `floor` counts as `floor`: rows that rounding has made dependent stay harmless.
   */
  append(row: Float64Array, floor: number): void {
    const size = this.#size
    const start = triangle(size)
    this.#reserve(start + size + 1)
    const rows = this.#rows
    let pivot = row[size] as number
    for (let j = 0, at = 0; j < size; j++) {
      const entry = ((row[j] as number) - dot(rows, start, rows, at, j)) / (rows[at + j] as number)
      rows[start + j] = entry
      pivot -= entry * entry
      at += j + 1
    }
    rows[start + size] = Math.sqrt(Math.max(pivot, floor))
    this.#size++
  }

  /** Keeps the first `size` rows. */
  truncate(size: number): void {
    this.#size = Math.min(this.#size, size)
  }

  /** Solves L x = b in place. */
  solveLower(b: Float64Array): void {
    const rows = this.#rows
    for (let i = 0, start = 0; i < this.#size; i++) {
      b[i] = ((b[i] as number) - dot(rows, start, b, 0, i)) / (rows[start + i] as number)
      start += i + 1
    }
  }

  /** Solves L^T x = b in place. */
  solveUpper(b: Float64Array): void {
    const rows = this.#rows
    for (let i = this.#size - 1; i >= 0; i--) {
      const start = triangle(i)
      const x = (b[i] as number) / (rows[start + i] as number)
      b[i] = x
      subtractScaled(x, rows, start, b, 0, i)
    }
  }

  /** Logarithm of the determinant of the matrix. */
  logDeterminant(): number {
    let sum = 0
    for (let i = 0; i < this.#size; i++) sum += Math.log(this.at(i, i))
    return 2 * sum
  }

  /** The lower triangle of the matrix's inverse, by rows, into `out`; `scratch` is as long. */
  invert(out: Float64Array, scratch: Float64Array): void {
    const size = this.#size
    const rows = this.#rows
    scratch.fill(0, 0, triangle(size))
    out.fill(0, 0, triangle(size))
    for (let i = 0; i < size; i++) {
      const start = triangle(i)
      const pivot = 1 / (rows[start + i] as number)
      // Row i of L^-1: rows above it, two at a time, each one entry longer than the last.
      let k = 0
      let at = 0
      for (; k + 1 < i; k += 2) {
        const first = -(rows[start + k] as number) * pivot
        const second = -(rows[start + k + 1] as number) * pivot
        addTwo(first, scratch, at, second, at + k + 1, scratch, start, k + 1)
        scratch[start + k + 1] = second * (scratch[at + 2 * k + 2] as number)
        at += 2 * k + 3
      }
      if (k < i) subtractScaled((rows[start + k] as number) * pivot, scratch, at, scratch, start, k + 1)
      scratch[start + i] = pivot
    }
    // (L^-1)^T L^-1 as a sum of outer products of the rows, two at a time.
    for (let k = 0; k < size; k += 2) {
      const row = triangle(k)
      const next = row + k + 1
      const pair = k + 1 < size
      for (let i = 0, start = 0; i <= k; i++) {
        const first = scratch[row + i] as number
        if (pair) addTwo(first, scratch, row, scratch[next + i] as number, next, out, start, i + 1)
        else subtractScaled(-first, scratch, row, out, start, i + 1)
        start += i + 1
      }
      if (pair) subtractScaled(-(scratch[next + k + 1] as number), scratch, next, out, next, k + 2)
    }
  }

  #reserve(length: number): void {
    if (this.#rows.length >= length) return
    const rows = new Float64Array(2 * length)
    rows.set(this.#rows)
    this.#rows = rows
  }
}

/** The number of entries in a lower triangle of `size` rows; where row `size` begins. */
export function triangle(size: number): number {
  return (size * (size + 1)) / 2
}

// Four sums at a time: additions that wait for each other are what a dot product spends its time on.
function dot(a: Float64Array, atA: number, b: Float64Array, atB: number, length: number): number {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let k = 0
  for (; k + 3 < length; k += 4) {
    s0 += (a[atA + k] as number) * (b[atB + k] as number)
    s1 += (a[atA + k + 1] as number) * (b[atB + k + 1] as number)
    s2 += (a[atA + k + 2] as number) * (b[atB + k + 2] as number)
    s3 += (a[atA + k + 3] as number) * (b[atB + k + 3] as number)
  }
  for (; k < length; k++) s0 += (a[atA + k] as number) * (b[atB + k] as number)
  return s0 + s1 + (s2 + s3)
}

/** out += first x a row of `a` + second x another row of `a`. */
function addTwo(
  first: number,
  a: Float64Array,
  atFirst: number,
  second: number,
  atSecond: number,
  out: Float64Array,
  at: number,
  length: number,
): void {
  for (let k = 0; k < length; k++) {
    out[at + k] = (out[at + k] as number) + first * (a[atFirst + k] as number) + second * (a[atSecond + k] as number)
  }
}

function subtractScaled(factor: number, a: Float64Array, atA: number, b: Float64Array, atB: number, length: number) {
  for (let k = 0; k < length; k++) b[atB + k] = (b[atB + k] as number) - factor * (a[atA + k] as number)
}
