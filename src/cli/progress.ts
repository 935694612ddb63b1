import type { Clock } from '../core/clock.ts'
import type { FoldRecord, TrialRecord } from '../core/trial.ts'
import { applyEvents } from '../storage/apply-events.ts'
import type { StudyEvent } from '../storage/events.ts'
import { epochsOf, trialsOf } from '../study/bracket-cost.ts'
import { bestTrial } from '../study/ranking.ts'
import type { StudyStart } from '../study/run-study.ts'
import { plannedTrials } from './planned-trials.ts'
import { Silence } from './silence.ts'
import { WorkRate } from './work-rate.ts'

/** A fold in training. */
export interface RunningFold {
  readonly trial: number
  /** Counted from 1, as people do. */
  readonly fold: number
  /** Epochs trained, of at most `epochs`. */
  readonly epoch: number
  readonly epochs: number
  /** The objective's metric after the last epoch; undefined before the first. */
  readonly value: number | undefined
  /** For how long nothing has been reported, where that is far longer than usual. */
  readonly silentMs: number | undefined
}

type WorkLeft = Pick<ProgressSnapshot, 'fraction' | 'leftMs'>

/** A run at one moment. */
export interface ProgressSnapshot {
  /** Trials that are finished, whatever became of them, earlier runs included. */
  readonly finished: number
  /** Undefined where nobody can tell. */
  readonly planned: number | undefined
  /** Of all work, trials under way included; undefined where `planned` is. */
  readonly fraction: number | undefined
  readonly elapsedMs: number
  /** Undefined until training has shown how long it takes. */
  readonly leftMs: number | undefined
  /** By trial, then fold. */
  readonly running: readonly RunningFold[]
  readonly best: TrialRecord | undefined
}

/** Follows a run by its events. */
export class Progress {
  readonly start: StudyStart
  readonly #clock: Clock
  readonly #startedAt: number
  readonly #planned: number | undefined
  /** Of all folds, where the tuner plans epochs; a trial to the end is then not the measure. */
  readonly #plannedEpochs: number | undefined
  readonly #trials: Map<number, TrialRecord>
  readonly #rate: WorkRate
  readonly #silence = new Silence()
  #best: TrialRecord | undefined

  constructor(start: StudyStart, clock: Clock) {
    this.start = start
    this.#clock = clock
    this.#startedAt = clock.now()
    const { brackets } = start
    this.#planned = brackets === undefined ? plannedTrials(start.record) : trialsOf(brackets)
    this.#plannedEpochs = brackets && epochsOf(brackets) * start.folds
    this.#trials = new Map(start.trials.map((trial) => [trial.number, trial]))
    this.#best = bestTrial(start.trials, start.record.objective.direction)
    this.#rate = new WorkRate(start.trials.flatMap(({ folds }) => folds))
  }

  /** Takes what happened; returns the trial that it finished, if it did. */
  apply(event: StudyEvent): TrialRecord | undefined {
    if (!('trial' in event)) return undefined
    const before = this.#trials.get(event.trial)
    const known = new Map(before === undefined ? [] : [[event.trial, before]])
    const trial = applyEvents(this.start.record.name, known, [event]).get(event.trial)
    if (trial === undefined) return undefined
    this.#trials.set(event.trial, trial)
    const now = this.#clock.now()
    if (event.type === 'fold-started') this.#silence.started(keyOf(event), now)
    if (event.type === 'attempt-lost') this.#silence.ended(keyOf(event))
    if (event.type === 'epoch-finished') {
      this.#silence.epochFinished(keyOf(event), now)
      this.#rate.epochFinished(now)
    }
    if (event.type === 'fold-finished') {
      this.#silence.ended(keyOf(event))
      this.#rate.foldFinished(trial.folds.find(({ fold }) => fold === event.fold))
    }
    if (event.type !== 'trial-finished') return undefined
    for (const { fold } of trial.folds) this.#silence.ended(keyOf({ trial: trial.number, fold }))
    this.#best = bestTrial(
      [trial, ...(this.#best === undefined ? [] : [this.#best])],
      this.start.record.objective.direction,
    )
    return trial
  }

  snapshot(): ProgressSnapshot {
    const trials = [...this.#trials.values()]
    const underWay = trials.filter(({ status }) => status === 'running')
    const finished = trials.length - underWay.length
    const planned = this.#planned === undefined ? undefined : Math.max(this.#planned, trials.length)
    const now = this.#clock.now()
    const { fraction, leftMs } =
      this.#plannedEpochs === undefined
        ? this.#byTrials(trials, planned, now)
        : this.#byEpochs(trials, this.#plannedEpochs, now)
    return {
      finished,
      planned,
      fraction,
      elapsedMs: now - this.#startedAt,
      leftMs,
      running: underWay.flatMap((trial) => this.#runningFolds(trial, now)),
      best: this.#best,
    }
  }

  #byTrials(trials: readonly TrialRecord[], planned: number | undefined, now: number): WorkLeft {
    if (planned === undefined) return { fraction: undefined, leftMs: undefined }
    const underWay = trials.filter(({ status }) => status === 'running')
    const work = underWay.reduce((sum, trial) => sum + this.#doneOf(trial), trials.length - underWay.length)
    return { fraction: Math.min(1, work / planned), leftMs: this.#leftMs(planned - trials.length, underWay, now) }
  }

  #byEpochs(trials: readonly TrialRecord[], planned: number, now: number): WorkLeft {
    const done = trials.flatMap(({ folds }) => folds).reduce((sum, { curve }) => sum + curve.length, 0)
    return { fraction: Math.min(1, done / planned), leftMs: this.#rate.epochsMs(Math.max(0, planned - done), now) }
  }

  /** The part of a trial that is done, from 0 to 1. */
  #doneOf({ folds, epochs }: TrialRecord): number {
    const done = (fold: FoldRecord) => (fold.status === 'running' ? Math.min(1, fold.curve.length / epochs) : 1)
    return folds.reduce((sum, fold) => sum + done(fold), 0) / this.start.folds
  }

  #leftMs(unasked: number, underWay: readonly TrialRecord[], now: number): number | undefined {
    const { folds } = this.start
    const begun = underWay.flatMap((trial) => trial.folds)
    const fresh = (unasked + underWay.length) * folds - begun.length
    const trained = begun.filter(({ status }) => status === 'running').map(({ curve }) => curve.length)
    return this.#rate.leftMs(fresh, trained, now)
  }

  #runningFolds({ number, folds, epochs }: TrialRecord, now: number): RunningFold[] {
    const { metric } = this.start.record.objective
    return folds
      .filter(({ fold }) => this.#silence.isActive(keyOf({ trial: number, fold })))
      .map(({ fold, curve }) => ({
        trial: number,
        fold: fold + 1,
        epoch: curve.length,
        epochs,
        value: curve.at(-1)?.[metric],
        silentMs: this.#silence.of(keyOf({ trial: number, fold }), now),
      }))
  }
}

function keyOf({ trial, fold }: { readonly trial: number; readonly fold: number }): string {
  return `${trial}/${fold}`
}
