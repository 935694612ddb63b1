import { type ColumnScaling, columnScaler } from './column-scaling.ts'
import type { Preprocessor } from './preprocessor.ts'

/**
 * Subtracts the mean of each column and divides by its standard deviation (n in the denominator, as scikit-learn's
 * StandardScaler), both of the training rows; a column that is constant there is divided by 1. Columns of zeros and
 * ones are treated like any other. Inputs of bytes and sparse inputs pass unchanged.
 */
export function standardize(): Preprocessor {
  return columnScaler('standardize', meanAndDeviation)
}

/** Two passes: the sum of squares minus the squared mean would lose the digits of columns far from 0. */
function meanAndDeviation(data: Float32Array, width: number, rows: Int32Array): ColumnScaling {
  const mean = new Float64Array(width)
  const std = new Float64Array(width)
  const varies = new Uint8Array(width)
  const first = (rows[0] ?? 0) * width
  for (const row of rows) {
    for (let column = 0; column < width; column++) {
      const value = data[row * width + column] ?? 0
      mean[column] = (mean[column] ?? 0) + value
      if (value !== data[first + column]) varies[column] = 1
    }
  }
  for (let column = 0; column < width; column++) mean[column] = (mean[column] ?? 0) / rows.length
  for (const row of rows) {
    for (let column = 0; column < width; column++) {
      const deviation = (data[row * width + column] ?? 0) - (mean[column] ?? 0)
      std[column] = (std[column] ?? 0) + deviation * deviation
    }
  }
  for (let column = 0; column < width; column++) {
    // By comparison, not by std > 0: the mean of equal numbers need not equal them to the last bit.
    std[column] = varies[column] === 1 ? Math.sqrt((std[column] ?? 0) / rows.length) : 1
    if (varies[column] === 0) mean[column] = data[first + column] ?? 0
  }
  return { subtract: mean, divideBy: std }
}
