import type { Params } from '../core/params.ts'

export interface EarlyStopping {
  /** Epochs without improvement of `monitor` before training stops. */
  readonly patience: number
  /** What counts as improvement: more than this. Default 0. */
  readonly minDelta?: number
  /** Default: the study's objective metric. */
  readonly monitor?: string
  /** Put the weights of the best epoch back at the end. Default false. */
  readonly restoreBest?: boolean
}

/** How every trial trains. A function of params where it is itself searched. */
export interface TrainingOptions<P = Params> {
  /** Epochs a trial. Default 100 for `int`-free studies; a tuner with budgets treats it as the largest one. */
  readonly epochs?: number
  /** Default: `params.batchSize` where the space has it, otherwise 32. */
  readonly batchSize?: number | ((params: P) => number)
  /** Default true: a new order of the training rows each epoch. */
  readonly shuffle?: boolean
  readonly earlyStopping?: EarlyStopping
}
