import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import type { FoldRecord, Metrics } from '../../src/core/trial.ts'
import { bestEpoch, meanCurve, summarize, summarizeFolds } from '../../src/cv/aggregate.ts'

const fold = (number: number, curve: readonly Metrics[]): FoldRecord => ({
  fold: number,
  status: 'complete',
  curve,
  attempts: 1,
})

const minimizeLoss = { metric: 'val_loss', direction: 'minimize' } as const

describe('summarize', () => {
  test('gives mean, standard deviation with n - 1, and standard error', () => {
    expect(summarize([2, 4, 9])).toEqual({
      mean: 5,
      std: Math.sqrt(13),
      se: Math.sqrt(13) / Math.sqrt(3),
      folds: [2, 4, 9],
    })
  })

  test('has no spread for one value', () => {
    expect(summarize([3.5])).toEqual({ mean: 3.5, std: 0, se: 0, folds: [3.5] })
  })
})

describe('bestEpoch', () => {
  const curve = [3, Number.NaN, 1, 2, 1].map((val_loss) => ({ val_loss }))

  test('counts from 1 and takes the first of equals', () => {
    expect(bestEpoch(curve, 'val_loss', 'minimize')).toBe(3)
    expect(bestEpoch(curve, 'val_loss', 'maximize')).toBe(1)
  })

  test('passes over NaN, infinities and epochs without the metric', () => {
    const values = [Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 5]
    expect(
      bestEpoch(
        values.map((val_loss) => ({ val_loss })),
        'val_loss',
        'minimize',
      ),
    ).toBe(4)
    expect(bestEpoch([{ loss: 1 }, { loss: 1, val_loss: 2 }], 'val_loss', 'maximize')).toBe(2)
    expect(bestEpoch([{ val_loss: Number.NaN }], 'val_loss', 'minimize')).toBeUndefined()
    expect(bestEpoch([], 'val_loss', 'minimize')).toBeUndefined()
  })
})

describe('meanCurve', () => {
  test('is as long as the shortest fold', () => {
    expect(
      meanCurve([
        [1, 2, 3],
        [3, 6],
      ]),
    ).toEqual([2, 4])
    expect(meanCurve([[1], []])).toEqual([])
    expect(meanCurve([])).toEqual([])
  })
})

describe('summarizeFolds', () => {
  const folds = [
    fold(0, [
      { val_loss: 3, val_mae: 10 },
      { val_loss: 1, val_mae: 20 },
      { val_loss: 6, val_mae: 30 },
    ]),
    fold(1, [
      { val_loss: 7, val_mae: 40 },
      { val_loss: 8, val_mae: 50 },
      { val_loss: 2, val_mae: 60 },
    ]),
  ]

  test('counts each fold at its own best epoch, and the trial where the mean curve is best', () => {
    const summary = summarizeFolds(folds, minimizeLoss)
    expect(summary?.value).toBe(1.5)
    expect(summary?.metrics.val_loss?.folds).toEqual([1, 2])
    expect(summary?.metrics.val_mae).toEqual(summarize([20, 60]))
    // The mean curve: 5, 4.5, 4.
    expect(summary?.bestEpoch).toBe(3)
  })

  test('maximizes where the objective says so', () => {
    const summary = summarizeFolds(folds, { metric: 'val_mae', direction: 'maximize' })
    expect(summary?.value).toBe(45)
    expect(summary?.metrics.val_loss?.folds).toEqual([6, 2])
    expect(summary?.bestEpoch).toBe(3)
  })

  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 3, maxLength: 3 })
  property.prop([fc.array(values, { minLength: 1, maxLength: 7 }), fc.integer()], { seed: 1 })(
    'does not depend on the order in which folds arrive, to the last bit',
    (curves, seed) => {
      const records = curves.map((curve, i) =>
        fold(
          i,
          curve.map((val_loss) => ({ val_loss, val_mae: val_loss / 3 })),
        ),
      )
      const order = [...records].sort((a, b) => Math.sin(seed + a.fold) - Math.sin(seed + b.fold))
      expect(summarizeFolds(order, minimizeLoss)).toEqual(summarizeFolds(records, minimizeLoss))
    },
  )

  test('leaves out a metric that a fold lacks, or has no finite value of', () => {
    const first = { val_loss: 1, val_mae: 1, val_auc: 1, val_mse: 1 }
    const second = { val_loss: 3, val_auc: Number.NaN, val_mse: Number.POSITIVE_INFINITY }
    const summary = summarizeFolds([fold(0, [first]), fold(1, [second])], minimizeLoss)
    expect(Object.keys(summary?.metrics ?? {})).toEqual(['val_loss'])
  })

  test('is undefined without a finite value in each fold', () => {
    expect(summarizeFolds([], minimizeLoss)).toBeUndefined()
    expect(summarizeFolds([fold(0, [{ val_loss: 1 }]), fold(1, [])], minimizeLoss)).toBeUndefined()
    expect(
      summarizeFolds([fold(0, [{ val_loss: 1 }]), fold(1, [{ val_loss: Number.NaN }])], minimizeLoss),
    ).toBeUndefined()
  })

  test('names the metrics there are where the objective has another', () => {
    expect(() => summarizeFolds(folds, { metric: 'val_maee', direction: 'minimize' })).toThrow(
      expect.objectContaining({
        code: 'training/unknown-metric',
        message: 'No metric "val_maee" was trained; there are val_loss, val_mae.',
        hint: 'Did you mean "val_mae"?',
      }),
    )
  })
})
