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
 * Squared distance of two points, `a` beginning at `atA` and `b` at `atB`: numeric columns give their squared
 * difference, the others 1 where they differ (Hamming), each times its relevance.
 */
export function squaredDistance(
  layout: Layout,
  relevances: Float64Array,
  a: Float64Array,
  atA: number,
  b: Float64Array,
  atB: number,
): number {
  let sum = 0
  for (let c = 0; c < layout.numeric; c++) {
    const difference = (a[atA + c] as number) - (b[atB + c] as number)
    sum += difference * difference * (relevances[c] as number)
  }
  for (let c = layout.numeric; c < layout.columns; c++) {
    if (a[atA + c] !== b[atB + c]) sum += relevances[c] as number
  }
  return sum
}

/** Matern 5/2 correlation at a squared distance. */
export function matern(squared: number): number {
  const s = Math.sqrt(5 * squared)
  return (1 + s + (s * s) / 3) * Math.exp(-s)
}

/** Derivative of {@link matern} by the squared distance. */
export function maternSlope(squared: number): number {
  const s = Math.sqrt(5 * squared)
  return (-5 / 6) * (1 + s) * Math.exp(-s)
}
