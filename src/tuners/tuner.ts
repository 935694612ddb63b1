import type { Json } from '../core/json.ts'
import type { Params } from '../core/params.ts'
import type { RandomStream } from '../core/random.ts'
import type { Space } from '../search-space/space.ts'

/** A trial as a tuner sees it. Immutable: a change is a new object, so results may be cached by identity. */
export interface Observation {
  /** From 0; equal to its place in the history. */
  readonly number: number
  readonly params: Params
  /** `failed` covers errors and divergence: configurations to stay away from. */
  readonly status: 'pending' | 'complete' | 'pruned' | 'failed'
  /** The epoch up to which it was asked to train. */
  readonly epochs: number
  /** The objective, lower is better, at its best epoch. Absent while pending (unless continued) and after a failure. */
  readonly value: number | undefined
  /** The objective after each epoch, averaged over folds, lower is better; as long as its shortest fold. */
  readonly curve: readonly number[]
  /** The same for each fold by itself. */
  readonly folds: readonly (readonly number[])[]
  readonly note: Json | undefined
}

/** Trials 0 .. n - 1 in order. */
export type History = readonly Observation[]

/** The next thing to do: a new trial, or more epochs for an earlier one. */
export interface Suggestion {
  readonly params: Params
  /** Train up to this epoch (counted from the start of the trial, not from its last stop). */
  readonly epochs: number
  /** The trial to go on with, with the same params; absent: a new trial, which gets the next number. */
  readonly continueFrom?: number
  /** Comes back in the trial's observation. A continuation's note replaces the earlier one. */
  readonly note?: Json
}

/** What a study may expect of a tuner. Data, so that suites and callers can read it. */
export interface TunerCapabilities {
  /** Proposals depend on results. */
  readonly adaptive: boolean
  /** Proposals carry budgets below the study's epochs, and continuations: checkpoints must be kept. */
  readonly budgets: boolean
  /** The number of proposals is bounded by the tuner itself (a grid, Hyperband's brackets). */
  readonly finite: boolean
}

/**
 * Proposes what to try. `suggest` is a pure function of (options, context, history, count): randomness for trial n
 * comes from `context.random.split(n)`, and anything a tuner keeps between calls is a cache of what the history says. So a
 * study can be killed and resumed at any moment, and the same history always gets the same answer.
 */
export interface Tuner {
  readonly name: string
  readonly capabilities: TunerCapabilities
  /**
   * Up to `count` suggestions, the trials in `history` being finished or pending. Fewer than `count` means: not before
   * some pending trial has finished. None while nothing is pending means: finished.
   */
  suggest(history: History, count: number): Suggestion[]
  /**
   * The finished trials that a suggestion may still go on with, whatever becomes of the others: their checkpoints are
   * kept. To name one too many costs space; one too few costs that its training begins anew, to the same end. Pure like
   * `suggest`; absent means all of them, for tuners with budgets.
   */
  mayContinue?(history: History): readonly number[]
  /**
   * Asked when a tuner has finished: whether it did so because every configuration it could propose has been tried,
   * before its plan (its `trials`) was through. So a study can tell its user that the space, not the budget, was the
   * limit. Pure like `suggest`; absent means never.
   */
  exhausted?(history: History): boolean
  /** The registered name and the options: `tunerFromJSON` makes an equal tuner of it. */
  toJSON(): TunerJson
}

export type TunerJson = { readonly name: string; readonly options: { readonly [key: string]: Json } }

/** What a tuner is given to work in. */
export interface TunerContext {
  readonly space: Space
  readonly random: RandomStream
  /** The study's epochs a trial: the largest budget. */
  readonly epochs: number
}

/** So many trials are trained up to so many epochs. */
export interface Rung {
  readonly trials: number
  readonly epochs: number
}

/** A tuner as a study declares it: the name and options are stored, `create` is called once the space is known. */
export interface TunerSpec extends TunerJson {
  /** What it will do with a study's epochs, bracket by bracket and rung by rung, where that is known beforehand. */
  plan?(epochs: number): readonly (readonly Rung[])[]
  create(context: TunerContext): Tuner
}
