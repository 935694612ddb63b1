/** Spread of the logarithms of relevances around their mean, and the degrees of freedom of its Student-t. */
const SPREAD = 0.5
const FREEDOM = 3

/**
 * The logarithm of the prior density of the hyperparameters' logarithms `x` (relevances, variance, noise), up to a
 * constant; its gradient is added to `gradient`.
 * - Relevances lie between 0.1 and 10 rather than beyond, the variance near 1 or 2 and the noise below a few hundredths
 *   (Gamma(2, 1) and Gamma(1.1, 30), with the constants of Optuna's Gaussian process).
 * - Relevances are alike unless the data say otherwise: each follows a Student-t around their common mean. Few
 *   observations in many dimensions otherwise make some of them up; the heavy tails leave irrelevant ones alone.
 */
export function addLogPrior(x: Float64Array, gradient: Float64Array): number {
  const columns = x.length - 2
  let value = addRange(x, columns, gradient) + addLikeness(x, columns, gradient)
  value += addGamma(x, columns, 2, 1, gradient)
  value += addGamma(x, columns + 1, 1.1, 30, gradient)
  return value
}

function addRange(x: Float64Array, columns: number, gradient: Float64Array): number {
  let value = 0
  for (let c = 0; c < columns; c++) {
    value -= 0.2 * Math.cosh(x[c] as number)
    gradient[c] = (gradient[c] as number) - 0.2 * Math.sinh(x[c] as number)
  }
  return value
}

function addLikeness(x: Float64Array, columns: number, gradient: Float64Array): number {
  let mean = 0
  for (let c = 0; c < columns; c++) mean += (x[c] as number) / columns
  let value = 0
  let sum = 0
  for (let c = 0; c < columns; c++) {
    const z = ((x[c] as number) - mean) / SPREAD
    const slope = ((FREEDOM + 1) * z) / (FREEDOM + z * z) / SPREAD
    value -= 0.5 * (FREEDOM + 1) * Math.log1p((z * z) / FREEDOM)
    gradient[c] = (gradient[c] as number) - slope
    sum += slope
  }
  for (let c = 0; c < columns; c++) gradient[c] = (gradient[c] as number) + sum / columns
  return value
}

/** log Gamma(shape, rate) of e^x[at]. */
function addGamma(x: Float64Array, at: number, shape: number, rate: number, gradient: Float64Array): number {
  const log = x[at] as number
  gradient[at] = (gradient[at] as number) + shape - 1 - rate * Math.exp(log)
  return (shape - 1) * log - rate * Math.exp(log)
}
