import type { Checkpoint } from '../../core/checkpoint.ts'
import type { FoldHooks, FoldJob, FoldResult, Runner } from '../../trial-runner/runner.ts'

type Trained = Exclude<FoldResult, { status: 'failed' }>

interface Parts {
  /** How long a part of a job should take at most; Infinity: jobs have one part. */
  readonly everyMs: number
  /** Keeps the state after a part of a job; the next part waits for it. */
  readonly keep: (job: FoldJob, checkpoint: Checkpoint) => Promise<void>
}

/**
 * Runs long jobs in parts, each going on from the checkpoint of the one before, so that whatever happens costs no more
 * than a part. Going on equals training at once bit for bit, so that where a job is cut decides no number.
 */
export class SlicedRunner implements Runner {
  readonly #inner: Runner
  readonly #parts: Parts
  /** An epoch of the slowest job so far; while none is known, a part is one epoch. */
  #slowestMs = Number.POSITIVE_INFINITY

  constructor(inner: Runner, parts: Parts) {
    this.#inner = inner
    this.#parts = parts
  }

  get concurrency(): number {
    return this.#inner.concurrency
  }

  async run(job: FoldJob, hooks: FoldHooks, signal?: AbortSignal): Promise<FoldResult> {
    let spentMs = 0
    let part = job
    let epochMs = this.#slowestMs
    for (;;) {
      const to = Math.min(job.epochs.to, part.epochs.from + this.#epochsFor(epochMs))
      const isLast = to === job.epochs.to
      const limits = job.limits && limitsLeft(job.limits, spentMs)
      part = {
        ...part,
        epochs: { from: part.epochs.from, to },
        keepCheckpoint: !isLast || job.keepCheckpoint,
        ...(limits === undefined ? {} : { limits }),
      }
      const result = await this.#inner.run(part, hooks, signal)
      spentMs += result.durationMs
      const whole = { ...result, durationMs: spentMs }
      if (result.status === 'failed') return whole
      epochMs = this.#measured(part, result)
      const { checkpoint } = result
      if (isLast || result.status !== 'complete' || result.epochs < to || checkpoint === undefined) return whole
      await this.#parts.keep(job, checkpoint)
      signal?.throwIfAborted()
      part = { ...part, epochs: { from: to, to: job.epochs.to }, checkpoint }
    }
  }

  close(): Promise<void> {
    return this.#inner.close()
  }

  #epochsFor(epochMs: number): number {
    const { everyMs } = this.#parts
    return everyMs === Number.POSITIVE_INFINITY ? everyMs : Math.max(1, Math.floor(everyMs / epochMs))
  }

  #measured({ epochs }: FoldJob, { epochs: trained, durationMs }: Trained): number {
    const epochMs = durationMs / Math.max(1, trained - epochs.from)
    this.#slowestMs = Number.isFinite(this.#slowestMs) ? Math.max(this.#slowestMs, epochMs) : epochMs
    return epochMs
  }
}

function limitsLeft(limits: NonNullable<FoldJob['limits']>, spentMs: number): NonNullable<FoldJob['limits']> {
  const { jobMs } = limits
  return jobMs === undefined ? limits : { ...limits, jobMs: Math.max(1, jobMs - spentMs) }
}
