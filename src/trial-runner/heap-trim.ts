import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Garbage may make up this part of what lives, and this much besides, before it is collected. */
const SLACK = { factor: 1.3, bytes: 4 * 2 ** 20 }

let collect: (() => void) | undefined
let limit = 0

/**
 * Collects the garbage of this thread's heap once there is much of it. Left to itself V8 lets the heap of every worker
 * grow for as long as the machine has memory, which looks like a leak, and adds up over workers.
 */
export function trimHeap(): void {
  if (getHeapStatistics().used_heap_size < limit) return
  collectGarbage()
  limit = getHeapStatistics().used_heap_size * SLACK.factor + SLACK.bytes
}

/** Collects the garbage of this thread's heap, at the price of some milliseconds. */
export function collectGarbage(): void {
  collect ??= garbageCollector()
  collect()
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}
