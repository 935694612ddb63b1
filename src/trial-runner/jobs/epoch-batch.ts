import type { Metrics } from '../../core/trial.ts'
import type { Epoch } from './messages.ts'

/** Epochs that are over within this of one another travel together. */
const HOLD_MS = 20

/**
 * Epochs on their way from a worker. One that somebody answers, or that user code reports, is sent at once: user code may
 * exit or hang right after it. Epochs of an engine may be over in a fraction of a millisecond, less than a message costs
 * the thread that gets it.
 */
export class EpochBatch {
  readonly #holdMs: number
  readonly #send: (epochs: readonly Epoch[]) => 'continue' | 'stop'
  #waiting: Epoch[] = []
  #sentAt = Number.NEGATIVE_INFINITY

  constructor(mayWait: boolean, send: (epochs: readonly Epoch[]) => 'continue' | 'stop') {
    this.#holdMs = mayWait ? HOLD_MS : 0
    this.#send = send
  }

  add(epoch: number, metrics: Metrics): 'continue' | 'stop' {
    this.#waiting.push({ epoch, metrics })
    return performance.now() - this.#sentAt < this.#holdMs ? 'continue' : this.flush()
  }

  /** Sends what waits. */
  flush(): 'continue' | 'stop' {
    const epochs = this.#waiting
    if (epochs.length === 0) return 'continue'
    this.#waiting = []
    const answer = this.#send(epochs)
    this.#sentAt = performance.now()
    return answer
  }
}
