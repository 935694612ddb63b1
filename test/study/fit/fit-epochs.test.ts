import { describe, expect, test } from 'vitest'
import type { FoldRecord, TrialRecord } from '../../../src/core/trial.ts'
import { fitEpochs } from '../../../src/study/fit/fit-epochs.ts'

const fold = (fold: number, best: number, length: number): FoldRecord => ({
  fold,
  status: 'complete',
  curve: Array.from({ length }, () => ({ val_loss: 1 })),
  bestEpoch: best,
  attempts: 1,
})

/** A trial whose folds were best, and ended, at the given epochs. */
function trial(bestEpoch: number, ...folds: readonly [best: number, length: number][]): TrialRecord {
  const records = folds.map(([best, length], number) => fold(number, best, length))
  return {
    number: 0,
    params: {},
    epochs: 100,
    status: 'complete',
    metrics: {},
    bestEpoch,
    folds: records,
    startedAt: 0,
  }
}

describe('fitEpochs', () => {
  test('is where the averaged curve is best, where all folds have trained equally long', () => {
    expect(fitEpochs(trial(31, [20, 100], [40, 100], [90, 100]))).toBe(31)
    expect(fitEpochs(trial(9, [9, 19]))).toBe(9)
  })

  test('is the mean of the best epochs of the folds, where one stopped before the others', () => {
    expect(fitEpochs(trial(22, [12, 22], [40, 50], [45, 55]))).toBe(32)
    expect(fitEpochs(trial(22, [12, 22], [40, 50], [45, 55], [90, 100]))).toBe(47)
    expect(fitEpochs(trial(22, [12, 22], [40, 50]))).toBe(26)
  })
})
