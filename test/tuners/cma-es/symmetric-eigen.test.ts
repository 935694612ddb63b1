import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { symmetricEigen } from '../../../src/tuners/cma-es/symmetric-eigen.ts'

function symmetric(size: number, entries: readonly number[]): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size]
    return entries[Math.min(i, j) * size + Math.max(i, j)] as number
  })
}

/** sum over k of left[i, k] * middle[k] * right[j, k] */
function product(size: number, left: Float64Array, middle: Float64Array, right: Float64Array): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size]
    let sum = 0
    for (let k = 0; k < size; k++) sum += (left[i * size + k] ?? 0) * (middle[k] ?? 0) * (right[j * size + k] ?? 0)
    return sum
  })
}

const matrices = fc
  .integer({ min: 1, max: 12 })
  .chain((size) =>
    fc
      .array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: size * size, maxLength: size * size })
      .map((entries) => ({ size, matrix: symmetric(size, entries) })),
  )

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

describe('symmetricEigen', () => {
  test.prop([matrices], { seed: 1 })(
    'takes any symmetric matrix apart so that it can be put together',
    ({ size, matrix }) => {
      const { values, vectors } = symmetricEigen(matrix, size)
      const rebuilt = product(size, vectors, values, vectors)
      expect(largest(rebuilt.map((x, i) => x - (matrix[i] ?? 0)))).toBeLessThanOrEqual(1e-12 * (1 + largest(matrix)))
      const ones = new Float64Array(size).fill(1)
      const rows = product(size, vectors, ones, vectors)
      expect(largest(rows.map((x, i) => x - (i % (size + 1) === 0 ? 1 : 0)))).toBeLessThan(1e-13)
    },
  )

  it('knows the eigenvalues of a chain', () => {
    // 2 on the diagonal, -1 beside it: 2 - 2 cos(k pi / (n + 1)).
    const size = 30
    const chain = Float64Array.from({ length: size * size }, (_, at) => {
      const apart = Math.abs(Math.floor(at / size) - (at % size))
      return apart === 0 ? 2 : apart === 1 ? -1 : 0
    })
    const expected = Array.from({ length: size }, (_, k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (size + 1)))
    const { values } = symmetricEigen(chain, size)
    const errors = values.toSorted().map((value, k) => value - (expected[k] ?? 0))
    expect(largest(errors)).toBeLessThan(1e-13)
  })
})
