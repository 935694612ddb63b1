import type { Clock } from '../../core/clock.ts'
import type { Objective } from '../../core/study.ts'
import type { Metrics, TrialRecord } from '../../core/trial.ts'
import type { SpaceGrown } from '../../storage/events.ts'
import type { Declared, FoldJob, FoldResult, Runner } from '../../trial-runner/runner.ts'
import { Attempts } from './attempts.ts'
import { BusyTime } from './busy-time.ts'
import { ExpectedWork } from './expected-work.ts'
import { FailureLimit, refuseUnavailable } from './failure-limit.ts'
import type { FaultPolicy } from './faults.ts'
import { foldFinished, trialFinished } from './finish.ts'
import { foldJob } from './fold-job.ts'
import { FoldQueue, type FoldTask } from './fold-queue.ts'
import type { Ledger } from './ledger.ts'
import { OpenTrials } from './open-trials.ts'
import type { Proposals } from './proposals.ts'
import type { Pruning } from './pruning.ts'
import type { Retention } from './retention.ts'
import { suggestionEvent } from './suggestion-event.ts'

export interface SchedulerOptions {
  readonly seed: number
  readonly objective: Objective
  readonly folds: number
  readonly ledger: Ledger
  readonly proposals: Proposals
  readonly runner: Runner
  readonly checkpoints: Retention
  /** Whether every fold leaves a checkpoint. */
  readonly keepCheckpoints: boolean
  readonly faults: FaultPolicy
  readonly pruning: Pruning | undefined
  /** Called with what a model declared: the event to keep if that is new. */
  readonly onDeclared?: (trial: number, declared: Declared) => SpaceGrown | undefined
  readonly clock: Clock
  readonly signal: AbortSignal
}

/**
 * Keeps the runner busy: folds of trials that are under way first, the longest before the others, then what the tuner
 * proposes. Decides nothing about numbers, so any number of workers gives the same ones, and so does a fold that is
 * tried again.
 */
export class Scheduler {
  readonly #options: SchedulerOptions
  readonly #queue = new FoldQueue()
  readonly #work = new ExpectedWork()
  readonly #busy: BusyTime
  readonly #attempts: Attempts
  readonly #running = new Set<Promise<void>>()
  readonly #open: OpenTrials
  readonly #failures: FailureLimit
  /** A job has the machine for itself. */
  #isAlone = false
  #error: unknown

  constructor(options: SchedulerOptions) {
    this.#options = options
    this.#open = new OpenTrials(options.signal)
    this.#busy = new BusyTime(options.runner.concurrency)
    this.#failures = new FailureLimit(options.faults)
    this.#attempts = new Attempts(options.faults, options.folds, options.runner.concurrency)
  }

  /** How long the workers have trained, all of them together. */
  get busyMs(): number {
    return this.#busy.ms
  }

  /** Resolves when nothing is left to do; rejects with the signal's reason when that aborts, or with what went wrong. */
  async run(): Promise<void> {
    const { ledger } = this.#options
    try {
      for (const trial of ledger.trials) if (trial.status === 'running') await this.#enqueue(trial)
      await this.#keepBusy()
    } finally {
      this.#open.close()
    }
  }

  async #keepBusy(): Promise<void> {
    const { runner, signal } = this.#options
    for (;;) {
      if (this.#error === undefined) {
        signal.throwIfAborted()
        while (this.#running.size < runner.concurrency) {
          const task = await this.#next()
          if (task === undefined) break
          this.#start(task)
        }
      }
      if (this.#running.size === 0) break
      await Promise.race(this.#running)
    }
    if (this.#error !== undefined) throw this.#error
  }

  async #next(): Promise<FoldTask | undefined> {
    if (this.#isAlone) return undefined
    if (this.#queue.hasAlone) return this.#running.size === 0 ? this.#queue.takeAlone() : undefined
    return this.#takeLongest() ?? (await this.#propose())
  }

  #takeLongest(): FoldTask | undefined {
    const { ledger, pruning } = this.#options
    return this.#queue.takeLongest(
      ({ trial, fold }) => this.#work.of(ledger.trials[trial] as TrialRecord, fold),
      ({ trial, fold }) => !pruning?.inOrder || this.#open.firstFold(trial) === fold,
    )
  }

  /** Asks the tuner until a fold is to be trained, or it has nothing to say for now. */
  async #propose(): Promise<FoldTask | undefined> {
    const { proposals, ledger, clock } = this.#options
    for (;;) {
      const suggestions = proposals.next(ledger.trials)
      if (suggestions.length === 0) return undefined
      // Kept as one: a deterministic study that is killed in between must not ask again for half of them.
      let next = ledger.trials.length
      const numbers = suggestions.map(({ continueFrom }) => continueFrom ?? next++)
      const at = clock.now()
      const events = suggestions.map((suggestion, i) => {
        const number = numbers[i] as number
        return suggestionEvent(suggestion, number, ledger.trials[number], at)
      })
      await ledger.keep(...events)
      for (const number of numbers) await this.#enqueue(ledger.trials[number] as TrialRecord)
      const task = this.#takeLongest()
      if (task !== undefined) return task
    }
  }

  /** Queues the folds that a running trial still lacks; finishes it if it lacks none. */
  async #enqueue(trial: TrialRecord): Promise<void> {
    const done = new Set(trial.folds.filter(({ status }) => status === 'complete').map(({ fold }) => fold))
    const lacking = Array.from({ length: this.#options.folds }, (_, fold) => fold).filter((fold) => !done.has(fold))
    this.#open.begin(trial.number, lacking)
    this.#queue.add(...lacking.map((fold) => ({ trial: trial.number, fold, alone: false })))
    if (lacking.length === 0) await this.#finishTrial(trial.number)
  }

  #start(task: FoldTask): void {
    if (task.alone) this.#isAlone = true
    const running: Promise<void> = this.#runFold(task)
      .catch((error: unknown) => {
        this.#error ??= error
      })
      .finally(() => {
        if (task.alone) this.#isAlone = false
        this.#running.delete(running)
      })
    this.#running.add(running)
  }

  async #runFold(task: FoldTask): Promise<void> {
    const { trial, fold } = task
    const result = await this.#attempt(task)
    const isDecided = this.#open.isDecided(trial)
    if (result?.status === 'failed') refuseUnavailable(result.cause)
    if (result !== undefined && !(isDecided && result.status === 'failed')) {
      if (result.status === 'failed' && (await this.#isTriedAgain(task, result))) return
      if (result.status !== 'failed' && result.checkpoint !== undefined) {
        await this.#options.checkpoints.save(trial, fold, result.checkpoint)
      }
      await this.#finishFold(task, result)
    }
    if (this.#open.ended(trial, fold)) await this.#finishTrial(trial)
  }

  /** Undefined where another fold has decided the trial meanwhile. */
  async #attempt(task: FoldTask): Promise<FoldResult | undefined> {
    const { trial, fold } = task
    const { ledger, runner, pruning } = this.#options
    const job = await this.#jobOf(task)
    ledger.add({ type: 'fold-started', trial, fold, fromEpoch: job.epochs.from })
    const hooks = {
      onEpoch: (epoch: number, metrics: Metrics) => {
        ledger.add({ type: 'epoch-finished', trial, fold, epoch, metrics })
        return pruning?.decide(ledger.trials, ledger.trials[trial] as TrialRecord, fold) ?? 'continue'
      },
    }
    const ended = this.#busy.begin()
    try {
      const result = await runner.run(job, hooks, this.#open.signal(trial))
      ended(result.durationMs)
      // What a pruner sees depends on the order of folds, which must then not depend on time.
      if (result.status !== 'failed' && pruning === undefined) {
        this.#work.measured(trial, result.epochs - job.epochs.from, result.durationMs)
      }
      return result
    } catch (error) {
      ended()
      if (this.#open.isDecided(trial)) return undefined
      throw error
    }
  }

  async #jobOf(task: FoldTask): Promise<FoldJob> {
    const { trial, fold } = task
    const { ledger, seed, checkpoints, keepCheckpoints, pruning } = this.#options
    const record = ledger.trials[trial] as TrialRecord
    const hasTrained = record.folds.some((known) => known.fold === fold && known.curve.length > 0)
    const checkpoint = hasTrained ? await checkpoints.load(trial, fold) : undefined
    const limits = this.#attempts.limits(task)
    return foldJob(seed, record, fold, checkpoint, {
      keepCheckpoint: keepCheckpoints,
      asksAfterEpoch: pruning !== undefined,
      ...(limits === undefined ? {} : { limits }),
    })
  }

  async #isTriedAgain(task: FoldTask, { cause, durationMs }: FoldResult & { status: 'failed' }): Promise<boolean> {
    const verdict = this.#attempts.failed(task, cause, durationMs)
    if (verdict === 'failed') return false
    const { trial, fold } = task
    await this.#options.ledger.keep({ type: 'attempt-lost', trial, fold, durationMs, cause })
    this.#queue.add({ trial, fold, alone: verdict === 'alone' })
    return true
  }

  async #finishFold(task: FoldTask, result: FoldResult): Promise<void> {
    const { trial, fold } = task
    const { ledger, objective, onDeclared } = this.#options
    this.#attempts.ended(task)
    const grown = result.declared && onDeclared?.(trial, result.declared)
    if (grown !== undefined) ledger.add(grown)
    await ledger.keep(foldFinished(ledger.trials[trial] as TrialRecord, fold, result, objective))
    if (result.status === 'complete') return
    const queued = this.#queue.drop(trial)
    this.#open.decide(
      trial,
      queued.map((dropped) => dropped.fold),
    )
  }

  async #finishTrial(number: number): Promise<void> {
    const { ledger, objective, clock, checkpoints } = this.#options
    this.#open.end(number)
    this.#work.forget(number)
    const event = trialFinished(ledger.trials[number] as TrialRecord, objective, clock.now())
    await ledger.keep(event)
    await checkpoints.settle()
    this.#failures.finished(event)
  }
}
