import type { Params } from '../../core/params.ts'
import type { Bracket } from './plan.ts'

/** A trial on its way up a bracket. */
export interface Climber {
  readonly number: number
  readonly params: Params
  /** The rung it was last asked to reach. */
  readonly rung: number
  /** What became of that: `out` is a failed or pruned trial, which counts as the worst. */
  readonly state: 'running' | 'done' | 'out'
  /** Its value at that rung once done, lower is better. */
  readonly value: number
}

/**
 * One run of successive halving (Jamieson & Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter
 * Optimization", AISTATS 2016): of each rung the best go on to the next. A trial goes on as soon as no result still
 * to come could take its place, so who goes on never depends on the order in which trials finish.
 */
export class Halving {
  readonly plan: Bracket
  readonly #climbers = new Map<number, Climber>()

  constructor(plan: Bracket) {
    this.plan = plan
  }

  get started(): number {
    return this.#climbers.size
  }

  get climbers(): readonly Climber[] {
    return [...this.#climbers.values()]
  }

  /** Adds a trial, or replaces what was known of it. */
  set(climber: Climber): void {
    this.#climbers.set(climber.number, climber)
  }

  /** The next trial to go on, from the highest rung that has one; `closed`: no more trials will start. */
  promotable(closed: boolean): Climber | undefined {
    const { plan } = this
    let found: Climber | undefined
    // How many trials a rung will have seen in the end.
    let expected = closed ? this.started : Math.max(this.started, plan[0]?.trials ?? 0)
    for (let rung = 0; rung + 1 < plan.length; rung++) {
      let arrived = 0
      let promoted = 0
      let out = 0
      let best: Climber | undefined
      for (const climber of this.#climbers.values()) {
        if (climber.rung > rung) promoted++
        else if (climber.rung < rung || climber.state === 'running') continue
        else if (climber.state === 'out') out++
        else if (best === undefined || isBetter(climber, best)) best = climber
        arrived++
      }
      const places = Math.min(plan[rung + 1]?.trials ?? 0, expected - out)
      const toCome = expected - arrived
      if (best !== undefined && toCome < places - promoted) found = best
      expected = places
    }
    return found
  }
}

function isBetter(a: Climber, b: Climber): boolean {
  return a.value < b.value || (a.value === b.value && a.number < b.number)
}
