import type { ErrorCode, ErrorRecord } from '../../../src/core/errors.ts'
import { RandomStream } from '../../../src/core/random.ts'
import type { FoldHooks, FoldJob, FoldResult, Runner } from '../../../src/trial-runner/runner.ts'

/** What an attempt at a job does, counted from 1: the losses it reports, then perhaps an error that it ends with. */
export type Script = (job: FoldJob, attempt: number) => readonly (number | ErrorCode)[] | 'fails'

/**
 * A runner without training: jobs report scripted losses, with several under way at once that advance and finish in a
 * seeded random order. Finds what a scheduler gets wrong about order.
 */
export class OutOfOrderRunner implements Runner {
  readonly concurrency: number
  /** Every job that was started, in that order. */
  readonly started: FoldJob[] = []
  /** With how many others each of them was begun. */
  readonly beside: number[] = []
  readonly #script: Script
  readonly #random: RandomStream
  #running = 0

  constructor(concurrency: number, seed: number, script: Script) {
    this.concurrency = concurrency
    this.#random = new RandomStream(seed).split('runner')
    this.#script = script
  }

  async run(job: FoldJob, hooks: FoldHooks, signal?: AbortSignal): Promise<FoldResult> {
    const attempt = 1 + this.started.filter(({ trial, fold }) => trial === job.trial && fold === job.fold).length
    this.started.push(job)
    this.beside.push(this.#running)
    this.#running++
    if (this.#running > this.concurrency) throw new Error(`${this.#running} jobs at once`)
    try {
      return await this.#work(job, attempt, hooks, signal)
    } finally {
      this.#running--
    }
  }

  async close(): Promise<void> {}

  async #work(job: FoldJob, attempt: number, hooks: FoldHooks, signal: AbortSignal | undefined): Promise<FoldResult> {
    const losses = this.#script(job, attempt)
    const done = { engine: 'script', backend: 'none', durationMs: 1 }
    if (losses === 'fails') return { status: 'failed', cause: { message: 'scripted' }, durationMs: 1 }
    for (let epoch = job.epochs.from + 1; epoch <= Math.min(job.epochs.to, losses.length); epoch++) {
      for (let turn = this.#random.integer(4); turn >= 0; turn--) await new Promise((resolve) => setImmediate(resolve))
      signal?.throwIfAborted()
      const loss = losses[epoch - 1]
      if (typeof loss !== 'number') {
        return { status: 'failed', cause: { code: loss, message: 'scripted' } as ErrorRecord, durationMs: 1 }
      }
      if (hooks.onEpoch(epoch, { val_loss: loss }) === 'stop') {
        return { status: 'pruned', epochs: epoch, ...done }
      }
    }
    const epochs = Math.min(job.epochs.to, losses.length)
    const checkpoint = { epoch: epochs, weights: [], optimizer: [] }
    return { status: 'complete', epochs, ...done, ...(job.keepCheckpoint ? { checkpoint } : {}) }
  }
}
