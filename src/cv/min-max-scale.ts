import { type ColumnScaling, columnScaler } from './column-scaling.ts'
import type { Preprocessor } from './preprocessor.ts'

/**
 * Maps each column so that the training rows fill [0, 1], as scikit-learn's MinMaxScaler; other rows may lie outside.
 * A column that is constant in the training rows becomes 0 there. Inputs of bytes and sparse inputs pass unchanged.
 */
export function minMaxScale(): Preprocessor {
  return columnScaler('minMaxScale', lowAndRange)
}

function lowAndRange(data: Float32Array, width: number, rows: Int32Array): ColumnScaling {
  const low = new Float64Array(width).fill(Number.POSITIVE_INFINITY)
  const range = new Float64Array(width).fill(Number.NEGATIVE_INFINITY)
  for (const row of rows) {
    for (let column = 0; column < width; column++) {
      const value = data[row * width + column] ?? 0
      low[column] = Math.min(low[column] ?? value, value)
      range[column] = Math.max(range[column] ?? value, value)
    }
  }
  for (let column = 0; column < width; column++) range[column] = (range[column] ?? 0) - (low[column] ?? 0) || 1
  return { subtract: low, divideBy: range }
}
