import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { RandomStream } from '../../src/core/random.ts'
import { holdout } from '../../src/cv/holdout.ts'
import { kFold } from '../../src/cv/k-fold.ts'
import type { Splitter } from '../../src/cv/splitter.ts'
import { stratifiedKFold } from '../../src/cv/stratified-k-fold.ts'
import { arrays } from '../../src/data/arrays.ts'
import type { Dataset } from '../../src/data/dataset.ts'
import { brokenRules } from '../contracts/splitter.ts'
import { brokenSplitters } from '../contracts/splitter-doubles.ts'
import { sklearn } from './fixtures.ts'

const rowsOf = (rows: number): Dataset =>
  arrays({ inputs: Array.from({ length: rows }, (_, row) => row), targets: Array.from({ length: rows }, () => 0) })

const labelled = (labels: readonly number[]): Dataset =>
  arrays({ inputs: labels, targets: labels, task: 'classification' })

const plain = (splitter: Splitter, dataset: Dataset, seed = 1): { train: number[]; validation: number[] }[] =>
  splitter
    .split(dataset, new RandomStream(seed))
    .map(({ train, validation }) => ({ train: [...train], validation: [...validation] }))

describe('the contract', () => {
  const shuffle = fc.boolean()
  const seed = fc.option(fc.integer(), { nil: undefined }).map((value) => (value === undefined ? {} : { seed: value }))
  const k = fc.integer({ min: 2, max: 12 })

  property.prop([k, fc.nat(60), shuffle, seed], { seed: 1 })('holds for kFold', (folds, extra, shuffled, seeded) => {
    expect(brokenRules(kFold(folds, { shuffle: shuffled, ...seeded }), rowsOf(folds + extra))).toEqual([])
  })

  property.prop([fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.nat(60), shuffle, seed], { seed: 2 })(
    'holds for holdout',
    (fraction, extra, shuffled, seeded) => {
      expect(brokenRules(holdout(fraction, { shuffle: shuffled, ...seeded }), rowsOf(2 + extra))).toEqual([])
    },
  )

  property.prop([k, fc.array(fc.nat(3), { maxLength: 60 }), shuffle, seed], { seed: 3 })(
    'holds for stratifiedKFold',
    (folds, more, shuffled, seeded) => {
      const labels = [...Array.from({ length: folds }, (_, row) => row % 2), ...more]
      expect(brokenRules(stratifiedKFold(folds, { shuffle: shuffled, ...seeded }), labelled(labels))).toEqual([])
    },
  )

  test.each(Object.entries(brokenSplitters))('finds a splitter that breaks: %s', (rule, splitter) => {
    expect(brokenRules(splitter, rowsOf(11))).toContain(rule)
  })
})

describe('kFold', () => {
  test.each(sklearn.kFold)('has the folds of scikit-learn unshuffled: $rows rows, $k folds', ({ rows, k, folds }) => {
    expect(plain(kFold(k, { shuffle: false }), rowsOf(rows))).toEqual(folds)
  })

  test('shuffles by the stream it is given, or by its own seed', () => {
    const dataset = rowsOf(50)
    const unshuffled = plain(kFold(5, { shuffle: false }), dataset)
    expect(plain(kFold(5), dataset, 1)).not.toEqual(unshuffled)
    expect(plain(kFold(5), dataset, 1)).not.toEqual(plain(kFold(5), dataset, 2))
    expect(plain(kFold(5, { seed: 3 }), dataset, 1)).toEqual(plain(kFold(5, { seed: 3 }), dataset, 2))
    expect(plain(kFold(5, { seed: 3 }), dataset)).not.toEqual(plain(kFold(5, { seed: 4 }), dataset))
  })

  test('shows its options', () => {
    expect(kFold(4).options).toEqual({ k: 4, shuffle: true })
    expect(kFold(4, { shuffle: false, seed: 1 }).options).toEqual({ k: 4, shuffle: false, seed: 1 })
  })

  test.each([1, 0, -2, 2.5, Number.NaN])('refuses k = %d', (k) => {
    expect(() => kFold(k)).toThrow(
      expect.objectContaining({ code: 'cv/bad-split', message: expect.stringContaining(`kFold(${k})`) }),
    )
  })

  test('refuses more folds than rows, naming both', () => {
    expect(() => kFold(6).split(rowsOf(5), new RandomStream(0))).toThrow(
      expect.objectContaining({
        code: 'cv/too-few-rows',
        message: '6 folds need at least 6 rows; the dataset has 5.',
        hint: 'Use at most 5 folds.',
      }),
    )
  })
})

describe('holdout', () => {
  test.each(sklearn.holdout)('has the split of scikit-learn unshuffled: $fraction of $rows', (expected) => {
    const { rows, fraction, train, validation } = expected
    expect(plain(holdout(fraction, { shuffle: false }), rowsOf(rows))).toEqual([{ train, validation }])
  })

  test('leaves a row on either side of an extreme fraction', () => {
    expect(plain(holdout(0.01, { shuffle: false }), rowsOf(3))).toEqual([{ train: [0, 1], validation: [2] }])
    expect(plain(holdout(0.99, { shuffle: false }), rowsOf(3))).toEqual([{ train: [0], validation: [1, 2] }])
  })

  test('shuffles', () => {
    expect(plain(holdout(0.3), rowsOf(50), 1)).not.toEqual(plain(holdout(0.3), rowsOf(50), 2))
    expect(plain(holdout(0.3, { seed: 3 }), rowsOf(50), 1)).toEqual(plain(holdout(0.3, { seed: 3 }), rowsOf(50), 2))
  })

  test.each([0, 1, -0.1, 20, Number.NaN])('refuses a fraction of %d', (fraction) => {
    expect(() => holdout(fraction)).toThrow(
      expect.objectContaining({ code: 'cv/bad-split', message: expect.stringContaining(`holdout(${fraction})`) }),
    )
  })

  test('refuses a single row', () => {
    expect(() => holdout(0.5).split(rowsOf(1), new RandomStream(0))).toThrow(
      expect.objectContaining({ code: 'cv/too-few-rows' }),
    )
  })
})

describe('stratifiedKFold', () => {
  test.each(sklearn.stratifiedKFold)('has the folds of scikit-learn unshuffled: $k folds', ({ labels, k, folds }) => {
    expect(plain(stratifiedKFold(k, { shuffle: false }), labelled(labels))).toEqual(folds)
  })

  property.prop([fc.integer({ min: 2, max: 6 }), fc.array(fc.nat(2), { minLength: 10, maxLength: 60 })], { seed: 4 })(
    'has each class in each fold as often, to within one',
    (k, more) => {
      const labels = [0, 1, ...more]
      for (const label of new Set(labels)) {
        const counts = plain(stratifiedKFold(k), labelled(labels)).map(
          ({ validation }) => validation.filter((row) => labels[row] === label).length,
        )
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
      }
    },
  )

  test('refuses a regression', () => {
    expect(() => stratifiedKFold(2).split(rowsOf(5), new RandomStream(0))).toThrow(
      expect.objectContaining({ code: 'cv/bad-split', hint: expect.stringContaining('kFold') }),
    )
  })

  test('refuses a wrong k and too few rows', () => {
    expect(() => stratifiedKFold(1)).toThrow(expect.objectContaining({ code: 'cv/bad-split' }))
    expect(() => stratifiedKFold(3).split(labelled([0, 1]), new RandomStream(0))).toThrow(
      expect.objectContaining({ code: 'cv/too-few-rows' }),
    )
  })
})
