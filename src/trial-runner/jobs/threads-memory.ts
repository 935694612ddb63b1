import { MEBIBYTE } from './memory.ts'

const LOOK_MS = 100
/** What loading a worker, and this thread's own work, may add without anybody being to blame. */
const ALLOWANCE = 128 * MEBIBYTE
/** The memory of a thread that was ended comes back after a while. */
const AFTERMATH_MS = 2000

/** A thread of which more is known than that all together hold too much. */
export interface Suspect {
  readonly limit: number
  readonly heardAt: number
  suspect(grown: number): void
}

/**
 * Threads share one address space, and what a busy one holds cannot be asked. So between reports they are held to the
 * sum of their limits: beyond that one of them at least is over its own. The one that was silent for longest has to go,
 * since each of the others has said since that it is within its limit.
 */
export class ThreadsMemory {
  readonly #threads = new Set<Suspect>()
  #before = 0
  #quietUntil = 0
  #timer: NodeJS.Timeout | undefined

  add(thread: Suspect): void {
    if (this.#threads.size === 0) {
      this.#before = process.memoryUsage.rss()
      this.#timer = setInterval(() => this.#look(), LOOK_MS)
    }
    this.#threads.add(thread)
  }

  delete(thread: Suspect): void {
    this.#threads.delete(thread)
    if (this.#threads.size === 0) clearInterval(this.#timer)
  }

  #look(): void {
    const now = performance.now()
    const grown = process.memoryUsage.rss() - this.#before
    const threads = [...this.#threads]
    const allowed = threads.reduce((sum, { limit }) => sum + limit + ALLOWANCE, 0)
    if (grown <= allowed || now < this.#quietUntil) return
    this.#quietUntil = now + AFTERMATH_MS
    threads.sort((a, b) => a.heardAt - b.heardAt)[0]?.suspect(grown)
  }
}
