import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Garbage may make up this part of what lives, and this much besides, before it is collected. */
const SLACK = { factor: 1.1, bytes: 2 ** 20 }

/** A collection takes as long as what lives is large: at most this part of the time goes into it. */
const SHARE_OF_TIME = 0.05

/** What is young is collected in a fraction of a millisecond, as long as it is little. */
const YOUNG_BYTES = 4 * 2 ** 20

type Collect = (options?: { readonly type: 'minor' }) => void

let collect: Collect | undefined
let limit = 0
let notBefore = 0

/**
 * Collects the garbage of this thread's heap once there is much of it. Left to itself V8 lets the heap of every worker
 * grow for as long as the machine has memory, which looks like a leak, and adds up over workers.
 */
export function trimHeap(): void {
  if (youngBytes() > YOUNG_BYTES) collector()({ type: 'minor' })
  const since = performance.now()
  if (since < notBefore || getHeapStatistics().used_heap_size < limit) return
  collectGarbage()
  limit = getHeapStatistics().used_heap_size * SLACK.factor + SLACK.bytes
  const now = performance.now()
  notBefore = now + (now - since) / SHARE_OF_TIME
}

/** Collects the garbage of this thread's heap, at the price of some milliseconds. */
export function collectGarbage(): void {
  collector()()
}

function youngBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_used_size ?? 0
}

function collector(): Collect {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as Collect
  }
  return collect
}
