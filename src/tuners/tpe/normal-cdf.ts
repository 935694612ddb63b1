/** Beyond +-REACH the distribution is 0 or 1 to double precision. */
const REACH = 8.5
/** Nodes of the table by unit. */
const PER_UNIT = 64

const nodes = Float64Array.from({ length: 2 * REACH * PER_UNIT + 1 }, (_, i) => series(i / PER_UNIT - REACH))
const densities = nodes.map((_, i) => density(i / PER_UNIT - REACH))

function density(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)
}

/** 1/2 + phi(x) (x + x^3/3 + x^5/(3*5) + ...), Abramowitz and Stegun 26.2.11. */
function series(x: number): number {
  let term = x
  let sum = x
  for (let i = 3; Math.abs(term) > 1e-18 * Math.abs(sum); i += 2) {
    term *= (x * x) / i
    sum += term
  }
  return 0.5 + density(x) * sum
}

/**
 * The standard normal distribution function to 1e-9, from a table and four terms of Taylor's series: a proposal takes
 * some ten thousand values of it.
 */
export function normalCdf(x: number): number {
  if (x <= -REACH) return 0
  if (x >= REACH) return 1
  const i = Math.round((x + REACH) * PER_UNIT)
  const x0 = i / PER_UNIT - REACH
  const h = x - x0
  const slope = densities[i] as number
  return (nodes[i] as number) + slope * h * (1 - h * (0.5 * x0 - (h * (x0 * x0 - 1)) / 6))
}
