import { type OptionRules, wholeNumber } from '../options.ts'

/** At which epochs a pruner looks. */
export interface JudgedEpochs {
  /** The first so many epochs of a fold are never judged. Default 0. */
  readonly warmupEpochs?: number
  /** After the first one judged, only every so many epochs. Default 1. */
  readonly interval?: number
}

export const judgedEpochsRules: OptionRules<JudgedEpochs> = { warmupEpochs: wholeNumber(0), interval: wholeNumber(1) }

export function isJudged(epoch: number, { warmupEpochs = 0, interval = 1 }: JudgedEpochs): boolean {
  return epoch > warmupEpochs && (epoch - warmupEpochs - 1) % interval === 0
}
