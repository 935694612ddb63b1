/** How the columns of encoded points are compared: the first `numeric` by their difference, the others by equality. */
export interface Layout {
  readonly columns: number
  readonly numeric: number
}

/** The hyperparameters of a Gaussian process with an anisotropic Matern 5/2 kernel. */
export interface KernelParameters {
  /** 1 / length scale squared, for each column. */
  readonly relevances: Float64Array
  /** Variance of the function, k(x, x). */
  readonly variance: number
  /** Variance of the noise on an observation. */
  readonly noise: number
}

/**
 * The kernel between the point at `at` in `x` and the first `count` rows of `rows`: Matern 5/2 correlations into
 * `correlations` and their derivatives by the squared distance into `slopes`, both from `to` on. The squared distance
 * sums, each times its relevance, squared differences of numeric columns and 1 for each other column that differs
 * (Hamming). Returns the smallest.
 */
export function correlate(
  { columns, numeric }: Layout,
  relevances: Float64Array,
  x: Float64Array,
  at: number,
  rows: Float64Array,
  count: number,
  correlations: Float64Array,
  slopes: Float64Array,
  to = 0,
): number {
  let nearest = Number.POSITIVE_INFINITY
  for (let i = 0, row = 0; i < count; i++, row += columns) {
    let squared = 0
    for (let c = 0; c < numeric; c++) {
      const difference = (x[at + c] as number) - (rows[row + c] as number)
      squared += difference * difference * (relevances[c] as number)
    }
    for (let c = numeric; c < columns; c++) {
      if (x[at + c] !== rows[row + c]) squared += relevances[c] as number
    }
    const s = Math.sqrt(5 * squared)
    const decay = Math.exp(-s)
    correlations[to + i] = (1 + s + (s * s) / 3) * decay
    slopes[to + i] = (-5 / 6) * (1 + s) * decay
    if (squared < nearest) nearest = squared
  }
  return nearest
}
