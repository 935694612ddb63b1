/** Where the time comes from, so that a test can say what time it is. */
export interface Clock {
  /** Milliseconds since the epoch, whole. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }
