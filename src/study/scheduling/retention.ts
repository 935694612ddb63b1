import type { Checkpoint } from '../../core/checkpoint.ts'
import { TunerError } from '../../core/errors.ts'
import type { Direction } from '../../core/study.ts'
import type { TrialRecord } from '../../core/trial.ts'
import type { CheckpointStore } from '../../storage/checkpoints.ts'
import { rankTrials } from '../ranking.ts'

/** Which states of training are kept beside the database. None of it decides a number. */
export interface CheckpointOptions {
  /** Those of so many of the best trials stay, also when the study has ended. Default 0: none outlives its use. */
  readonly best?: number
  /**
   * Seconds of training between two states of a fold under way, so that an interruption costs no more. Default 30; 0: none.
   * A study with `train` or `objective` has none: its own code would have to go on.
   */
  readonly everySeconds?: number
  /** MiB that a study's checkpoints may take together; beyond it the least promising trials lose theirs. Default 2048. */
  readonly quotaMiB?: number
}

export interface RetentionPolicy {
  readonly best: number
  readonly quotaBytes: number
  readonly everyMs: number
}

/** Throws `study/bad-definition` at an option that is no number from 0 on, or that there is not. */
export function resolveRetention(options: CheckpointOptions): RetentionPolicy {
  for (const [name, value] of Object.entries(options)) {
    const isNumber = ['quotaMiB', 'everySeconds'].includes(name) && Number.isFinite(value)
    const fits = name === 'best' ? Number.isInteger(value) : isNumber
    if (fits && Number(value) >= 0) continue
    throw new TunerError(
      'study/bad-definition',
      `checkpoints: ${name} is ${JSON.stringify(value)}; expected a whole number for best, a number for quotaMiB and everySeconds, from 0.`,
      { hint: 'Write for example checkpoints: { best: 1, quotaMiB: 500 }.' },
    )
  }
  const { best = 0, quotaMiB = 2048, everySeconds = 30 } = options
  const everyMs = everySeconds === 0 ? Number.POSITIVE_INFINITY : 1000 * everySeconds
  return { best, quotaBytes: quotaMiB * 2 ** 20, everyMs }
}

interface Parts {
  readonly store: CheckpointStore
  readonly policy: RetentionPolicy
  readonly direction: Direction
  readonly trials: () => readonly TrialRecord[]
  /** The finished trials that a tuner may still go on with. */
  readonly mayContinue: () => ReadonlySet<number>
}

/**
 * Keeps the checkpoints of trials that run, that may go on and of the best, and deletes the others: what is lost is only
 * time, since a fold without a checkpoint is trained from its start, to the same bits.
 */
export class Retention {
  readonly #parts: Parts
  /** Bytes of each fold's checkpoint, by trial. */
  readonly #kept = new Map<number, Map<number, number>>()

  private constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Takes over what an earlier run has left. */
  static async open(parts: Parts): Promise<Retention> {
    const retention = new Retention(parts)
    for (const { trial, fold, bytes } of await parts.store.list()) retention.#note(trial, fold, bytes)
    await retention.settle()
    return retention
  }

  load(trial: number, fold: number): Promise<Checkpoint | undefined> {
    return this.#parts.store.load(trial, fold)
  }

  async save(trial: number, fold: number, checkpoint: Checkpoint): Promise<void> {
    this.#note(trial, fold, await this.#parts.store.save(trial, fold, checkpoint))
    const { quotaBytes } = this.#parts.policy
    if (this.#bytes() <= quotaBytes) return
    for (const number of this.#leastPromisingFirst()) {
      if (this.#bytes() <= quotaBytes) break
      await this.#drop(number)
    }
  }

  /** Deletes what nobody needs any more; to be called when a trial has ended. */
  async settle(): Promise<void> {
    const { trials, mayContinue } = this.#parts
    const running = trials().filter(({ status }) => status === 'running')
    await this.#dropAllBut(new Set([...running.map(({ number }) => number), ...mayContinue(), ...this.#best()]))
  }

  /** Deletes all but those of the best: the study has ended. */
  async finish(): Promise<void> {
    const best = this.#best()
    if (best.length === 0) await this.#parts.store.clear()
    else await this.#dropAllBut(new Set(best))
  }

  #best(): number[] {
    const { trials, direction, policy } = this.#parts
    if (policy.best === 0) return []
    const complete = rankTrials(trials(), direction).filter(({ status }) => status === 'complete')
    return complete.slice(0, policy.best).map(({ number }) => number)
  }

  /** Finished trials from the last to the best, then those that run, the youngest first. */
  #leastPromisingFirst(): number[] {
    const { trials, direction } = this.#parts
    const isRunning = ({ status }: TrialRecord) => status === 'running'
    const finished = rankTrials(trials(), direction).filter((trial) => !isRunning(trial))
    return [...trials().filter(isRunning), ...finished].reverse().map(({ number }) => number)
  }

  async #dropAllBut(kept: ReadonlySet<number>): Promise<void> {
    for (const trial of [...this.#kept.keys()]) if (!kept.has(trial)) await this.#drop(trial)
  }

  async #drop(trial: number): Promise<void> {
    if (this.#kept.delete(trial)) await this.#parts.store.drop(trial)
  }

  #note(trial: number, fold: number, bytes: number): void {
    this.#kept.set(trial, (this.#kept.get(trial) ?? new Map<number, number>()).set(fold, bytes))
  }

  #bytes(): number {
    let sum = 0
    for (const folds of this.#kept.values()) for (const bytes of folds.values()) sum += bytes
    return sum
  }
}
