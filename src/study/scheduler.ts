import type { Clock } from '../core/clock.ts'
import type { Json } from '../core/json.ts'
import type { Objective } from '../core/study.ts'
import type { TrialRecord } from '../core/trial.ts'
import type { CheckpointStore } from '../storage/checkpoints.ts'
import type { SpaceGrown } from '../storage/events.ts'
import type { Declared, FoldJob, FoldResult, Runner } from '../trial-runner/runner.ts'
import type { Pruner } from '../tuners/pruner.ts'
import type { Suggestion } from '../tuners/tuner.ts'
import { FailureLimit } from './failure-limit.ts'
import { foldFinished, trialFinished } from './finish.ts'
import type { Ledger } from './ledger.ts'
import type { Observer } from './observation.ts'
import type { Proposals } from './proposals.ts'
import { foldStream } from './streams.ts'

export interface SchedulerOptions {
  readonly seed: number
  readonly objective: Objective
  readonly folds: number
  readonly ledger: Ledger
  readonly observer: Observer
  readonly proposals: Proposals
  readonly runner: Runner
  readonly checkpoints: CheckpointStore
  readonly pruner: Pruner | undefined
  /** Called with what a model declared: the event to keep if that is new. */
  readonly onDeclared?: (trial: number, declared: Declared) => SpaceGrown | undefined
  readonly clock: Clock
  readonly signal: AbortSignal
}

interface FoldTask {
  readonly trial: number
  readonly fold: number
}

/**
 * Keeps the runner busy: folds of trials that are under way first, in number order, then what the tuner proposes. Decides
 * nothing about numbers, so any number of workers gives the same ones.
 */
export class Scheduler {
  readonly #options: SchedulerOptions
  readonly #queue: FoldTask[] = []
  readonly #running = new Set<Promise<void>>()
  /** Folds of each trial under way that are queued or running. */
  readonly #open = new Map<number, Set<number>>()
  /** Ends the running folds of one trial, when the others have no more use. */
  readonly #trialAborts = new Map<number, AbortController>()
  readonly #failures = new FailureLimit()
  #error: unknown

  constructor(options: SchedulerOptions) {
    this.#options = options
  }

  /** Resolves when nothing is left to do; rejects with the signal's reason when that aborts, or with what went wrong. */
  async run(): Promise<void> {
    const { ledger, runner, signal } = this.#options
    for (const trial of ledger.trials) if (trial.status === 'running') await this.#enqueue(trial)
    for (;;) {
      if (this.#error === undefined) {
        signal.throwIfAborted()
        while (this.#running.size < runner.concurrency) {
          const task = this.#queue.shift() ?? (await this.#propose())
          if (task === undefined) break
          this.#start(task)
        }
      }
      if (this.#running.size === 0) break
      await Promise.race(this.#running)
    }
    if (this.#error !== undefined) throw this.#error
  }

  /** Asks the tuner until a fold is to be trained, or it has nothing to say for now. */
  async #propose(): Promise<FoldTask | undefined> {
    const { proposals, ledger } = this.#options
    for (;;) {
      const suggestions = proposals.next(ledger.trials)
      if (suggestions.length === 0) return undefined
      // Kept as one: a deterministic study that is killed in between must not ask again for half of them.
      let next = ledger.trials.length
      const numbers = suggestions.map(({ continueFrom }) => continueFrom ?? next++)
      await ledger.keep(...suggestions.map((suggestion, i) => this.#asEvent(suggestion, numbers[i] as number)))
      for (const number of numbers) await this.#enqueue(ledger.trials[number] as TrialRecord)
      const task = this.#queue.shift()
      if (task !== undefined) return task
    }
  }

  #asEvent({ params, epochs, continueFrom, note }: Suggestion, trial: number) {
    const at = this.#options.clock.now()
    const noted: { note?: Json } = note === undefined ? {} : { note }
    if (continueFrom === undefined) return { type: 'trial-started' as const, trial, params, epochs, at, ...noted }
    const before = this.#options.ledger.trials[trial] as TrialRecord
    // A fold that stopped early has nothing more to train.
    const folds = before.folds.filter(({ curve }) => curve.length >= before.epochs).map(({ fold }) => fold)
    return { type: 'trial-continued' as const, trial, epochs, folds, at, ...noted }
  }

  /** Queues the folds that a running trial still lacks; finishes it if it lacks none. */
  async #enqueue(trial: TrialRecord): Promise<void> {
    const done = new Set(trial.folds.filter(({ status }) => status === 'complete').map(({ fold }) => fold))
    const lacking = Array.from({ length: this.#options.folds }, (_, fold) => fold).filter((fold) => !done.has(fold))
    this.#trialAborts.set(trial.number, new AbortController())
    this.#open.set(trial.number, new Set(lacking))
    for (const fold of lacking) this.#queue.push({ trial: trial.number, fold })
    if (lacking.length === 0) await this.#finishTrial(trial.number)
  }

  #start(task: FoldTask): void {
    const running: Promise<void> = this.#runFold(task)
      .catch((error: unknown) => {
        this.#error ??= error
      })
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  async #runFold({ trial, fold }: FoldTask): Promise<void> {
    const { ledger, runner, seed, checkpoints, pruner, proposals } = this.#options
    const record = ledger.trials[trial] as TrialRecord
    const known = record.folds.find((candidate) => candidate.fold === fold)
    const checkpoint = known && known.curve.length > 0 ? await checkpoints.load(trial, fold) : undefined
    const from = checkpoint !== undefined && checkpoint.epoch <= (known?.curve.length ?? 0) ? checkpoint.epoch : 0
    ledger.add({ type: 'fold-started', trial, fold, fromEpoch: from })
    const job: FoldJob = {
      trial,
      fold,
      params: record.params,
      epochs: { from, to: record.epochs },
      stream: foldStream(seed, trial, fold),
      ...(checkpoint === undefined || from === 0 ? {} : { checkpoint }),
      keepCheckpoint: proposals.continuesTrials,
      asksAfterEpoch: pruner !== undefined,
    }
    const abort = this.#trialAborts.get(trial) as AbortController
    const result = await runner
      .run(
        job,
        {
          onEpoch: (epoch, metrics) => {
            ledger.add({ type: 'epoch-finished', trial, fold, epoch, metrics })
            return this.#decide(trial, fold, epoch)
          },
        },
        AbortSignal.any([this.#options.signal, abort.signal]),
      )
      .catch((error: unknown) => {
        if (abort.signal.aborted) return undefined
        throw error
      })
    if (result !== undefined) {
      if (result.status !== 'failed' && result.checkpoint !== undefined) {
        await checkpoints.save(trial, fold, result.checkpoint)
      }
      await this.#finishFold(trial, fold, result)
    }
    const open = this.#open.get(trial)
    open?.delete(fold)
    if (open?.size === 0) await this.#finishTrial(trial)
  }

  #decide(trial: number, fold: number, epoch: number): 'continue' | 'stop' {
    const { pruner, ledger, observer } = this.#options
    if (pruner === undefined) return 'continue'
    const record = ledger.trials[trial] as TrialRecord
    const metrics = record.folds.find((candidate) => candidate.fold === fold)?.curve.at(-1) ?? {}
    const others = ledger.trials.filter(({ number }) => number !== trial).map((other) => observer.observe(other))
    return pruner.decide(observer.observe(record), { fold, epoch, value: observer.valueOf(metrics) }, others)
  }

  async #finishFold(trial: number, fold: number, result: FoldResult): Promise<void> {
    const { ledger, objective, onDeclared } = this.#options
    const grown = result.declared && onDeclared?.(trial, result.declared)
    if (grown !== undefined) ledger.add(grown)
    await ledger.keep(foldFinished(ledger.trials[trial] as TrialRecord, fold, result, objective))
    if (result.status !== 'complete') this.#dropOthers(trial)
  }

  /** One fold has decided a trial: its other folds are not trained, or no further. */
  #dropOthers(trial: number): void {
    for (const task of this.#queue.filter((queued) => queued.trial === trial)) {
      this.#queue.splice(this.#queue.indexOf(task), 1)
      this.#open.get(trial)?.delete(task.fold)
    }
    this.#trialAborts.get(trial)?.abort(new Error('Another fold has decided the trial.'))
  }

  async #finishTrial(number: number): Promise<void> {
    const { ledger, objective, clock } = this.#options
    this.#trialAborts.delete(number)
    this.#open.delete(number)
    const event = trialFinished(ledger.trials[number] as TrialRecord, objective, clock.now())
    await ledger.keep(event)
    this.#failures.finished(event)
  }
}
