import type { ErrorCode, ErrorRecord } from '../../core/errors.ts'
import type { JobLimits } from '../../trial-runner/runner.ts'
import type { FaultPolicy } from './faults.ts'
import type { FoldTask } from './fold-queue.ts'

/** What becomes of a fold whose attempt failed: it has failed, or is tried again, with others or alone. */
export type Verdict = 'failed' | 'again' | 'alone'

interface Spent {
  readonly codes: readonly ErrorCode[]
  readonly ms: number
}

const NOTHING: Spent = { codes: [], ms: 0 }

/** Says what an attempt may use, and whether another one follows a failure. Counts anew in each run of a study. */
export class Attempts {
  readonly #policy: FaultPolicy
  readonly #folds: number
  readonly #workers: number
  /** Of folds that have lost an attempt, by trial and fold. */
  readonly #spent = new Map<string, Spent>()

  constructor(policy: FaultPolicy, folds: number, workers: number) {
    this.#policy = policy
    this.#folds = folds
    this.#workers = workers
  }

  limits(task: FoldTask): JobLimits | undefined {
    const { epochMs, memoryBytes } = this.#policy
    const jobMs = this.#msLeft(task)
    if (epochMs === undefined && jobMs === undefined && memoryBytes === undefined) return undefined
    return {
      ...(epochMs === undefined ? {} : { epochMs }),
      ...(jobMs === undefined ? {} : { jobMs }),
      ...(memoryBytes === undefined ? {} : { memoryBytes: memoryBytes * (task.alone ? this.#workers : 1) }),
    }
  }

  /** After a failure: notes it, and decides. */
  failed(task: FoldTask, { code }: ErrorRecord, durationMs: number): Verdict {
    if (code === undefined) return 'failed'
    const before = this.#spent.get(keyOf(task)) ?? NOTHING
    const codes = [...before.codes, code]
    this.#spent.set(keyOf(task), { codes, ms: before.ms + durationMs })
    return this.#verdict(code, codes, task)
  }

  /** The fold has its result. */
  ended(task: FoldTask): void {
    this.#spent.delete(keyOf(task))
  }

  #verdict(code: ErrorCode, codes: readonly ErrorCode[], task: FoldTask): Verdict {
    const same = codes.filter((other) => other === code).length
    if (same >= this.#attemptsAfter(code) || codes.length >= this.#policy.attempts) return 'failed'
    // Time that a trial has used up does not come back.
    if ((this.#msLeft(task) ?? 1) <= 0) return 'failed'
    return task.alone || code === 'runner/out-of-memory' ? 'alone' : 'again'
  }

  /** How often a fold is begun at most that ends like this; whatever else it ends with, it would end with again. */
  #attemptsAfter(code: ErrorCode): number {
    if (code === 'runner/worker-lost') return this.#policy.attempts
    return code === 'runner/timeout' || code === 'runner/out-of-memory' ? 2 : 1
  }

  #msLeft(task: FoldTask): number | undefined {
    const { trialMs } = this.#policy
    if (trialMs === undefined) return undefined
    return trialMs / this.#folds - (this.#spent.get(keyOf(task)) ?? NOTHING).ms
  }
}

function keyOf({ trial, fold }: FoldTask): string {
  return `${trial}/${fold}`
}
