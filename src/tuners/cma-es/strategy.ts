/** The constants of the strategy, by dimension and population. */
export interface Strategy {
  readonly size: number
  readonly population: number
  /** How many of a population are parents. */
  readonly parents: number
  /** One for each rank, the parents' sum to 1; negative for the worse half. */
  readonly weights: Float64Array
  readonly muEff: number
  readonly cSigma: number
  readonly dSigma: number
  readonly cc: number
  readonly c1: number
  readonly cMu: number
  /** The expected length of a standard normal vector. */
  readonly chi: number
}

/**
 * Beyond the first 4 half of what Hansen takes (3 ln n): a study has a hundred trials rather than ten thousand, and is
 * better off with more generations.
 */
export function defaultPopulation(size: number): number {
  return 4 + Math.floor(1.5 * Math.log(size))
}

/** Table 1 of Hansen, "The CMA Evolution Strategy: A Tutorial", 2016 (arXiv:1604.00772); equations 49 to 56. */
export function strategyFor(size: number, population: number): Strategy {
  const parents = Math.floor(population / 2)
  const raw = Float64Array.from({ length: population }, (_, i) => Math.log((population + 1) / 2) - Math.log(i + 1))
  const muEff = effective(raw.subarray(0, parents))
  const muEffMinus = effective(raw.subarray(parents))
  const c1 = 2 / ((size + 1.3) ** 2 + muEff)
  const cMu = Math.min(1 - c1 - 1e-8, (2 * (muEff - 2 + 1 / muEff)) / ((size + 2) ** 2 + muEff))
  const least = Math.min(1 + c1 / cMu, 1 + (2 * muEffMinus) / (muEff + 2), (1 - c1 - cMu) / (size * cMu))
  const positive = raw.reduce((sum, weight) => sum + Math.max(0, weight), 0)
  const negative = raw.reduce((sum, weight) => sum + Math.max(0, -weight), 0)
  const cSigma = (muEff + 2) / (size + muEff + 5)
  return {
    size,
    population,
    parents,
    weights: raw.map((weight) => (weight >= 0 ? weight / positive : (weight * least) / negative)),
    muEff,
    cSigma,
    dSigma: 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (size + 1)) - 1) + cSigma,
    cc: (4 + muEff / size) / (size + 4 + (2 * muEff) / size),
    c1,
    cMu,
    chi: Math.sqrt(size) * (1 - 1 / (4 * size) + 1 / (21 * size ** 2)),
  }
}

function effective(weights: Float64Array): number {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const squares = weights.reduce((total, weight) => total + weight ** 2, 0)
  return sum ** 2 / squares
}
