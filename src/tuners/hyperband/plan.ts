/** A step of successive halving: how many trials are trained up to how many epochs. */
export interface Rung {
  readonly trials: number
  readonly epochs: number
}

/** Successive halving from many short trials to few long ones. */
export type Bracket = readonly Rung[]

/**
 * The brackets of one iteration of Hyperband (Li et al., "Hyperband: A Novel Bandit-Based Approach to Hyperparameter
 * Optimization", JMLR 2018), the most aggressive first. Sizes and epochs are rounded up as KerasTuner does, so that the
 * table is the one its users know. `maxEpochs` is a whole number from 1, `factor` one from 2.
 */
export function hyperbandPlan(maxEpochs: number, factor: number): Bracket[] {
  const brackets: Bracket[] = []
  const halvings = halvingsWithin(maxEpochs, factor)
  // 1 + log(maxEpochs) to the base of factor, rounded up, in whole numbers.
  const spread = factor ** halvings === maxEpochs ? halvings + 1 : halvings + 2
  for (let last = halvings; last >= 0; last--) {
    brackets.push(
      rungEpochs(maxEpochs, factor, last).map((epochs, rung) => ({
        trials: Math.ceil((spread / (last + 1)) * factor ** (last - rung)),
        epochs,
      })),
    )
  }
  return brackets
}

/** How often `maxEpochs` can be divided by `factor` and stay at `minEpochs` or above. */
export function halvingsWithin(maxEpochs: number, factor: number, minEpochs = 1): number {
  let halvings = 0
  while (minEpochs * factor ** (halvings + 1) <= maxEpochs) halvings++
  return halvings
}

/** The epochs of successive rungs, each `factor` times the one before, the last at `maxEpochs`. */
export function rungEpochs(maxEpochs: number, factor: number, halvings: number): number[] {
  return Array.from({ length: halvings + 1 }, (_, rung) => Math.ceil(maxEpochs / factor ** (halvings - rung)))
}
