import type { Rung } from '../tuner.ts'

/** Successive halving from many short trials to few long ones. */
export type Bracket = readonly Rung[]

/**
 * The brackets of one iteration of Hyperband (Li et al., "Hyperband: A Novel Bandit-Based Approach to Hyperparameter
 * Optimization", JMLR 2018), the most aggressive first. Sizes and epochs are rounded up as KerasTuner does, so that the
 * table is the one its users know. `maxEpochs` is a whole number from 1, `factor` one from 2.
 */
export function hyperbandPlan(maxEpochs: number, factor: number): Bracket[] {
  const brackets: Bracket[] = []
  // How often maxEpochs can be divided by factor without falling below one epoch.
  let halvings = 0
  while (factor ** (halvings + 1) <= maxEpochs) halvings++
  // 1 + log(maxEpochs) to the base of factor, rounded up, in whole numbers.
  const spread = factor ** halvings === maxEpochs ? halvings + 1 : halvings + 2
  for (let last = halvings; last >= 0; last--) {
    brackets.push(
      Array.from({ length: last + 1 }, (_, rung) => ({
        trials: Math.ceil((spread / (last + 1)) * factor ** (last - rung)),
        epochs: Math.ceil(maxEpochs / factor ** (last - rung)),
      })),
    )
  }
  return brackets
}

/** The brackets of all iterations. */
export function repeated(brackets: readonly Bracket[], iterations: number): Bracket[] {
  return Array.from({ length: iterations }, () => brackets).flat()
}
