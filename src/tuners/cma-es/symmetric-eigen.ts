/** A square matrix, row by row. */
export type Matrix = Float64Array

export interface Eigen {
  readonly values: Float64Array
  /** Column j belongs to value j. */
  readonly vectors: Matrix
}

/**
 * Eigenvalues and orthonormal eigenvectors of a symmetric matrix of `size` rows, in no particular order, by cyclic
 * Jacobi rotations (Golub and Van Loan, "Matrix Computations", 8.5).
 */
export function symmetricEigen(matrix: Matrix, size: number): Eigen {
  const a = Float64Array.from(matrix)
  const vectors = new Float64Array(size * size)
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1
  // Convergence is quadratic: some eight sweeps suffice for any matrix.
  for (let sweep = 0; sweep < 50 && offDiagonal(a, size) > 0; sweep++) {
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) rotate(a, vectors, size, p, q)
    }
  }
  const values = new Float64Array(size)
  for (let i = 0; i < size; i++) values[i] = a[i * size + i] as number
  return { values, vectors }
}

/** The sum of squares above the diagonal, taken as zero once it is lost beside the diagonal. */
function offDiagonal(a: Matrix, size: number): number {
  let off = 0
  let diagonal = 0
  for (let i = 0; i < size; i++) {
    diagonal += (a[i * size + i] as number) ** 2
    for (let j = i + 1; j < size; j++) off += (a[i * size + j] as number) ** 2
  }
  return off <= 1e-32 * diagonal ? 0 : off
}

/** Makes a[p, q] zero by turning the plane of p and q. */
function rotate(a: Matrix, vectors: Matrix, size: number, p: number, q: number): void {
  const apq = a[p * size + q] as number
  if (apq === 0) return
  const theta = ((a[q * size + q] as number) - (a[p * size + p] as number)) / (2 * apq)
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  turn(a, size, 1, p * size, q * size, c, s)
  turn(a, size, size, p, q, c, s)
  turn(vectors, size, size, p, q, c, s)
}

/** Turns two rows (stride 1) or columns (stride `size`), which begin at `p` and `q`. */
function turn(m: Matrix, size: number, stride: number, p: number, q: number, c: number, s: number): void {
  for (let k = 0; k < size; k++, p += stride, q += stride) {
    const mp = m[p] as number
    const mq = m[q] as number
    m[p] = c * mp - s * mq
    m[q] = s * mp + c * mq
  }
}
