// Elementary functions of doubles from sums, products and quotients alone: `Math.exp` and its like may differ in their last
// digit from one version of Node to the next, and what is trained with it would.

const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10

/** Horner's sum of c[0] + c[1] x + ... */
function polynomial(x: number, coefficients: readonly number[]): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0)
}

/** 1 / (first!), 1 / (first + step)!, ...; `sign` alternates them. */
function inverseFactorials(first: number, step: number, count: number, sign: 1 | -1): number[] {
  const terms: number[] = []
  let factorial = 1
  let reached = 0
  for (let i = 0; i < count; i++) {
    for (; reached < first + i * step; ) factorial *= ++reached
    terms.push((i % 2 === 1 ? sign : 1) / factorial)
  }
  return terms
}

const EXP = inverseFactorials(0, 1, 15, 1)
const SINE = inverseFactorials(1, 2, 12, -1)

export function exp(x: number): number {
  if (x > 709.7) return Number.POSITIVE_INFINITY
  if (x < -708.3) return 0
  const n = Math.round(x / LN2_HIGH)
  let y = polynomial(x - n * LN2_HIGH - n * LN2_LOW, EXP)
  for (let i = 0; i < Math.abs(n); i++) y *= n > 0 ? 2 : 0.5
  return y
}

/** Of a finite number above 0. */
export function log(x: number): number {
  let n = 0
  let m = x
  for (; m > Math.SQRT2; n++) m /= 2
  for (; m < Math.SQRT1_2; n--) m *= 2
  const s = (m - 1) / (m + 1)
  const square = s * s
  let series = 0
  for (let k = 25; k >= 1; k -= 2) series = series * square + 1 / k
  return n * LN2_HIGH + (2 * s * series + n * LN2_LOW)
}

/** base^exponent for a base above 0. */
export function power(base: number, exponent: number): number {
  return exponent === 0 || base === 1 ? 1 : exp(exponent * log(base))
}

/** cos(pi x) for x from 0 to 1. */
export function cosineOfPi(x: number): number {
  const y = Math.PI * (0.5 - x)
  return y * polynomial(y * y, SINE)
}
