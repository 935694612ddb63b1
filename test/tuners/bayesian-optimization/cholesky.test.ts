import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { CholeskyFactor, triangle } from '../../../src/tuners/bayesian-optimization/cholesky.ts'

/** A A^T + I for some A: symmetric, positive definite. */
function definite(size: number, numbers: readonly number[]): number[][] {
  const a = Array.from({ length: size }, (_, i) => numbers.slice(i * size, (i + 1) * size))
  return a.map((x, i) => a.map((y, j) => x.reduce((sum, v, k) => sum + v * (y[k] as number), i === j ? 1 : 0)))
}

function factorOf(matrix: readonly (readonly number[])[], capacity?: number): CholeskyFactor {
  const factor = new CholeskyFactor(capacity)
  for (const row of matrix) factor.append(Float64Array.from(row), 1e-300)
  return factor
}

const matrices = fc
  .integer({ min: 1, max: 9 })
  .chain((size) =>
    fc
      .array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: size * size, maxLength: size * size })
      .map((numbers) => definite(size, numbers)),
  )

describe('Cholesky factor', () => {
  test.prop([matrices])('times its transpose is the matrix', (matrix) => {
    const factor = factorOf(matrix, 1)
    matrix.forEach((row, i) => {
      for (let j = 0; j <= i; j++) {
        let product = 0
        for (let k = 0; k <= j; k++) product += factor.at(i, k) * factor.at(j, k)
        expect(product).toBeCloseTo(row[j] as number, 9)
      }
    })
  })

  test.prop([matrices])('solves with the matrix', (matrix) => {
    const factor = factorOf(matrix)
    const x = matrix.map((_, i) => i - 1.5)
    const b = Float64Array.from(matrix, (row) => row.reduce((sum, v, j) => sum + v * (x[j] as number), 0))
    factor.solveLower(b)
    factor.solveUpper(b)
    for (const [i, value] of b.entries()) expect(value).toBeCloseTo(x[i] as number, 8)
  })

  test.prop([matrices])('inverts the matrix', (matrix) => {
    const inverse = new Float64Array(triangle(matrix.length))
    factorOf(matrix).invert(inverse, new Float64Array(inverse.length))
    const entry = (i: number, j: number) => inverse[triangle(Math.max(i, j)) + Math.min(i, j)] as number
    matrix.forEach((row, i) => {
      matrix.forEach((_, j) => {
        const product = row.reduce((sum, v, k) => sum + v * entry(k, j), 0)
        expect(product).toBeCloseTo(i === j ? 1 : 0, 8)
      })
    })
  })

  it('has the logarithm of the determinant', () => {
    const factor = factorOf([
      [4, 2],
      [2, 3],
    ])
    expect(factor.logDeterminant()).toBeCloseTo(Math.log(8), 12)
  })

  it('is the same bit for bit when rows are taken away and added again', () => {
    const matrix = definite(
      6,
      Array.from({ length: 36 }, (_, i) => Math.sin(i)),
    )
    const factor = factorOf(matrix)
    factor.truncate(2)
    for (const row of matrix.slice(2)) factor.append(Float64Array.from(row), 1e-300)
    const whole = factorOf(matrix)
    for (let i = 0; i < 6; i++) for (let j = 0; j <= i; j++) expect(factor.at(i, j)).toBe(whole.at(i, j))
  })

  it('takes a row that depends on the others, at the floor', () => {
    const factor = factorOf([[1]])
    factor.append(Float64Array.of(1, 1), 1e-4)
    expect(factor.at(1, 1)).toBeCloseTo(1e-2, 12)
  })
})
