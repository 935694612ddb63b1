import { logNormalCdf, logNormalDensity, millsRatio, normalCdf } from './normal-distribution.ts'

/**
 * log h(z) with h(z) = phi(z) + z Phi(z), the expected improvement of a standard normal prediction: finite and smooth
 * where h underflows. Ament et al., "Unexpected improvements to expected improvement for Bayesian optimization" (2023).
 */
export function logH(z: number): number {
  if (z > -2) return Math.log(Math.exp(logNormalDensity(z)) + z * normalCdf(z))
  return logNormalDensity(z) + Math.log(z > -20 ? 1 + z * millsRatio(-z) : improvementInTheTail(z))
}

/** 1 + z M(-z), M being the Mills ratio, by its asymptotic series 1/z^2 - 3/z^4 + 15/z^6 - ...: no cancellation. */
function improvementInTheTail(z: number): number {
  const inverse = 1 / (z * z)
  let term = inverse
  let sum = 0
  for (let odd = 3; odd <= 23; odd += 2) {
    sum += term
    term *= -odd * inverse
  }
  return sum
}

/** The logarithm of the expected improvement and its derivatives by mean and standard deviation. */
export interface LogImprovement {
  value: number
  byMean: number
  byDeviation: number
}

/**
 * The logarithm of E[max(0, `incumbent` - Y)], Y normal with this mean and standard deviation (above 0): improvement is
 * downwards. Written into `out`.
 */
export function logExpectedImprovement(mean: number, deviation: number, incumbent: number, out: LogImprovement): void {
  const z = (incumbent - mean) / deviation
  const h = logH(z)
  out.value = h + Math.log(deviation)
  out.byMean = -Math.exp(logNormalCdf(z) - h) / deviation
  out.byDeviation = Math.exp(logNormalDensity(z) - h) / deviation
}
