import { setImmediate } from 'node:timers/promises'

/** How long a thread may compute without looking at anything else. */
const TURN_MS = 20

let turnedAt = performance.now()

/**
 * Lets this thread's event loop turn if it has not done so here for a while. Promises alone do not let it: timers,
 * signals and whatever else the program does would wait until the study is over, and memory that weak references hold
 * would be freed no sooner.
 */
export async function letOthersRun(): Promise<void> {
  if (performance.now() - turnedAt < TURN_MS) return
  await setImmediate()
  turnedAt = performance.now()
}
