import type { History, Observation, TunerJson } from './tuner.ts'

export type PruningDecision = 'continue' | 'stop'

/** Where a trial stands when it is asked about. */
export interface PruningMoment {
  readonly fold: number
  /** The epoch just finished, counted from 1. */
  readonly epoch: number
  /** The objective after it in this fold, lower is better. */
  readonly value: number
}

/** Decides after an epoch whether a trial goes on. Pure: no state, no exception. */
export interface Pruner {
  readonly name: string
  /** `history` holds the other trials, whatever their state; `trial` the one in question with its curves so far. */
  decide(trial: Observation, moment: PruningMoment, history: History): PruningDecision
  /** The registered name and the options: `prunerFromJSON` makes an equal pruner of it. Absent if not registered. */
  toJSON(): PrunerJson
}

export type PrunerJson = TunerJson
