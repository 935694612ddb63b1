import { type Contender, resultsAt, valueAt } from './contender.ts'
import { firstAbove } from './stopping.ts'

/**
 * The waiting trials that the promotion rule may still choose, whatever becomes of the others: those with fewer trials
 * ahead of them than their rung will have places once all have come that still can; `trials` are begun in all.
 */
export function mayBePromoted(contenders: readonly Contender[], factor: number, top: number, trials: number): number[] {
  const chosen: number[] = []
  let fromBelow = Math.max(0, trials - contenders.length)
  for (let rung = 0; rung < top; rung++) {
    const results = resultsAt(rung, contenders)
    const atRung = contenders.filter((contender) => contender.rung === rung)
    const toCome = fromBelow + atRung.filter(({ state }) => state === 'running').length
    const places = Math.max(1, Math.floor((results.length + toCome) / factor))
    const sorted = results.map((contender) => valueAt(rung, contender)).sort((a, b) => a - b)
    // Whose value is above that of the last place has all places ahead.
    const last = sorted[places - 1] ?? Number.POSITIVE_INFINITY
    const waiting = atRung.filter((contender) => contender.state === 'done' && valueAt(rung, contender) <= last)
    chosen.push(...waiting.map(({ number }) => number))
    fromBelow = waiting.length + toCome
  }
  return chosen
}

/**
 * The waiting trials that the stopping rule may still choose: those that are among the best of the trials before them
 * even if all of these that have no result yet turn out worse.
 */
export function mayGoOn(contenders: readonly Contender[], factor: number, top: number): number[] {
  const chosen = new Set<number>()
  for (let rung = 0; rung < top; rung++) {
    const sorted: number[] = []
    let toCome = 0
    for (const contender of contenders) {
      const isRunning = contender.state === 'running'
      if (isRunning ? contender.rung <= rung : contender.rung < rung && chosen.has(contender.number)) toCome++
      if (contender.rung < rung || (contender.rung === rung && isRunning)) continue
      const value = valueAt(rung, contender)
      const ahead = firstAbove(sorted, value)
      sorted.splice(ahead, 0, value)
      const waits = contender.rung === rung && contender.state === 'done'
      if (waits && ahead < Math.max(1, Math.floor((sorted.length + toCome) / factor))) chosen.add(contender.number)
    }
  }
  return [...chosen]
}
