import type { Rung } from '../tuners/tuner.ts'

/** Brackets as a tuner plans them: each a list of rungs, the cheapest first. */
export type Brackets = readonly (readonly Rung[])[]

/** New trials of all brackets. */
export function trialsOf(brackets: Brackets): number {
  return brackets.reduce((sum, [first]) => sum + (first?.trials ?? 0), 0)
}

/** Epochs of all brackets, for one fold. Trials that go on are continued: a rung costs what it adds to the one before. */
export function epochsOf(brackets: Brackets): number {
  let sum = 0
  for (const bracket of brackets) {
    bracket.forEach(({ trials, epochs }, rung) => {
      sum += trials * (epochs - (bracket[rung - 1]?.epochs ?? 0))
    })
  }
  return sum
}
