/** A study once it is running: from the end of trial `warm` (counted in the order of ending) to the end of the last. */
export interface Steady {
  readonly trialsPerMinute: number
  /** The part of the workers' time in which they did jobs. */
  readonly busy: number
}

export interface Ended {
  /** When, in milliseconds. */
  readonly at: number
  readonly durationMs: number
}

/** @param trials When each trial ended, in milliseconds, ascending. */
export function steady(trials: readonly number[], jobs: readonly Ended[], workers: number, warm: number): Steady {
  const from = trials[warm - 1] ?? Number.NaN
  const to = trials.at(-1) ?? Number.NaN
  const work = jobs.reduce((sum, { at, durationMs }) => {
    return sum + Math.max(0, Math.min(at, to) - Math.max(at - durationMs, from))
  }, 0)
  return { trialsPerMinute: (60_000 * (trials.length - warm)) / (to - from), busy: work / (workers * (to - from)) }
}
