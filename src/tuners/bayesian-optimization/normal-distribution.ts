const LOG_SQRT_TWO_PI = 0.5 * Math.log(2 * Math.PI)

/** Left of this the Mills ratio is taken from its continued fraction, right of it from the series at zero. */
const TAIL = -2

/** Logarithm of the standard normal density. */
export function logNormalDensity(z: number): number {
  return -0.5 * z * z - LOG_SQRT_TWO_PI
}

/**
 * Logarithm of the standard normal distribution function, to about 13 digits anywhere, where Phi itself has long
 * underflowed too.
 */
export function logNormalCdf(z: number): number {
  if (z < TAIL) return logNormalDensity(z) + Math.log(millsRatio(-z))
  if (z > -TAIL) return Math.log1p(-Math.exp(logNormalDensity(z)) * millsRatio(z))
  return Math.log(centralCdf(z))
}

/** The standard normal distribution function. */
export function normalCdf(z: number): number {
  return z < TAIL || z > -TAIL ? Math.exp(logNormalCdf(z)) : centralCdf(z)
}

/** Marsaglia, "Evaluating the normal distribution" (2004): Phi(z) = 1/2 + phi(z) (z + z^3/3 + z^5/15 + ...). */
function centralCdf(z: number): number {
  const square = z * z
  let term = z
  let sum = z
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
    term *= square / odd
    sum += term
  }
  return 0.5 + Math.exp(logNormalDensity(z)) * sum
}

/** (1 - Phi(z)) / phi(z) for z >= 2, by Laplace's continued fraction 1 / (z + 1 / (z + 2 / (z + 3 / ...))). */
export function millsRatio(z: number): number {
  let fraction = z
  for (let k = Math.ceil(8 + 400 / (z * z)); k > 0; k--) fraction = z + k / fraction
  return 1 / fraction
}
