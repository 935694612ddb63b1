import type { Climber } from './halving.ts'
import type { Bracket } from './plan.ts'

/**
 * The waiting trials of a bracket that may still be promoted, whatever becomes of the others: of each rung the best, as
 * many as the next one has places left.
 */
export function mayClimb(plan: Bracket, climbers: readonly Climber[]): number[] {
  return plan.slice(1).flatMap(({ trials: places }, rung) => {
    const promoted = climbers.filter((climber) => climber.rung > rung).length
    const waiting = climbers.filter((climber) => climber.rung === rung && climber.state === 'done')
    const best = waiting.sort((a, b) => a.value - b.value || a.number - b.number)
    return best.slice(0, Math.max(0, places - promoted)).map(({ number }) => number)
  })
}
