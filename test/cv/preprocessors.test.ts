import { describe, expect, test } from 'vitest'
import { chain } from '../../src/cv/chain.ts'
import { fittedFromJSON } from '../../src/cv/fitted-from-json.ts'
import { minMaxScale } from '../../src/cv/min-max-scale.ts'
import type { Preprocessor } from '../../src/cv/preprocessor.ts'
import { standardize } from '../../src/cv/standardize.ts'
import { arrays } from '../../src/data/arrays.ts'
import type { Block, Dataset } from '../../src/data/dataset.ts'
import { sklearn } from './fixtures.ts'

const table = (rows: readonly (readonly number[])[]): Dataset => arrays({ inputs: rows, targets: rows.map(() => 0) })

const floats = (block: Block | undefined): number[] => {
  if (block?.kind !== 'dense') throw new Error('not dense')
  return [...block.data]
}

const { data, train, standard, minMax } = sklearn.scaling
const trainRows = Int32Array.from(train)
const width = 6

const scalers = [
  { name: 'standardize', make: standardize, expected: standard },
  { name: 'minMaxScale', make: minMaxScale, expected: minMax },
]

/** Divides by the spread of all rows: what a preprocessor must not do. */
const peeking: Preprocessor = {
  name: 'peeking',
  fit: (dataset) =>
    standardize().fit(
      dataset,
      Int32Array.from({ length: dataset.rows }, (_, r) => r),
    ),
}

/** Fitted on some rows of a dataset, all of which it then transforms. */
const fitTransform = (preprocessor: Preprocessor, dataset: Dataset, rows: Int32Array): Dataset =>
  preprocessor.fit(dataset, rows).transform(dataset)

/** Whether the training rows of the result change with the values of validation rows. */
function validationLeaks(preprocessor: Preprocessor): boolean {
  const changed = data.map((row, r) => (train.includes(r) ? row : row.map((value) => value * 7 - 1000)))
  const trained = (rows: number[][]) => {
    const all = floats(fitTransform(preprocessor, table(rows), trainRows).inputs[0])
    return train.flatMap((r) => all.slice(r * width, (r + 1) * width))
  }
  const before = trained(data)
  return trained(changed).some((value, i) => value !== before[i])
}

describe.each(scalers)('$name', ({ name, make, expected }) => {
  test('has the numbers of scikit-learn, for training and other rows', () => {
    const result = floats(fitTransform(make(), table(data), trainRows).inputs[0])
    for (const [i, value] of expected.flat().entries()) {
      expect(Math.abs((result[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(value)))
    }
  })

  test('never lets a validation row change a training row', () => {
    expect(validationLeaks(make())).toBe(false)
  })

  test('makes a constant column 0 in the training rows', () => {
    const dataset = table([[0.1], [0.1], [0.1], [2.1]])
    const result = floats(fitTransform(make(), dataset, Int32Array.of(0, 1, 2)).inputs[0])
    expect(result.slice(0, 3)).toEqual([0, 0, 0])
    expect(result[3]).toBeCloseTo(2, 6)
  })

  test('leaves the dataset as it was and puts the result in shared memory', () => {
    const dataset = table(data)
    const before = floats(dataset.inputs[0])
    const [block] = fitTransform(make(), dataset, trainRows).inputs
    expect(floats(dataset.inputs[0])).toEqual(before)
    expect(block.kind === 'dense' && block.data.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  test('scales every dense float input, each position of a row by itself; bytes and targets pass unchanged', () => {
    const bytes = new Uint8Array([0, 255, 7, 9])
    const dataset = arrays({
      inputs: [[[1], [3]], { data: bytes, shape: [2], scale: 1 / 255 }, { data: [0, 10, 2, 30], shape: [2, 1] }],
      targets: [5, 6],
    })
    const result = fitTransform(make(), dataset, Int32Array.of(0, 1))
    const low = name === 'standardize' ? -1 : 0
    expect(floats(result.inputs[0])).toEqual([low, 1])
    expect(result.inputs[1]).toBe(dataset.inputs[1])
    expect(floats(result.inputs[2])).toEqual([low, low, 1, 1])
    expect(result.inputs[2]?.shape).toEqual([2, 1])
    expect(result.targets).toBe(dataset.targets)
  })

  test('refuses a dataset without dense floats', () => {
    const images = arrays({ inputs: { data: new Uint8Array(8), shape: [2, 2, 1] }, targets: [0, 1] })
    expect(() => fitTransform(make(), images, Int32Array.of(0))).toThrow(
      expect.objectContaining({ code: 'data/bad-shape', message: expect.stringContaining(name) }),
    )
  })

  test('refuses to learn from no rows', () => {
    expect(() => fitTransform(make(), table([[1], [2]]), new Int32Array())).toThrow(
      expect.objectContaining({ code: 'cv/too-few-rows' }),
    )
  })
})

test('the test for leaks finds a preprocessor that looks at all rows', () => {
  expect(validationLeaks(peeking)).toBe(true)
})

describe('chain', () => {
  test('applies one after the other, each fitted on what the one before made', () => {
    const both = chain(standardize(), minMaxScale())
    expect(both.name).toBe('standardize > minMaxScale')
    const step = fitTransform(minMaxScale(), fitTransform(standardize(), table(data), trainRows), trainRows)
    expect(floats(fitTransform(both, table(data), trainRows).inputs[0])).toEqual(floats(step.inputs[0]))
    expect(validationLeaks(both)).toBe(false)
  })
})

/** The columns of the training rows, as float32 holds them. */
const trainColumns = Array.from({ length: width }, (_, column) =>
  train.map((row) => Math.fround(data[row]?.[column] ?? Number.NaN)),
)

const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 9))

describe('what was learned', () => {
  test('standardize keeps the mean and the standard deviation of each column, in its order', () => {
    const means = trainColumns.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length)
    const deviations = trainColumns.map((values, column) => {
      const squares = values.map((value) => (value - (means[column] ?? 0)) ** 2)
      const deviation = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / values.length)
      return new Set(values).size === 1 ? 1 : deviation
    })
    expect(standardize().fit(table(data), trainRows).toJSON()).toEqual({
      name: 'standardize',
      inputs: [{ subtract: close(means), divideBy: close(deviations) }],
    })
  })

  test('minMaxScale keeps the minimum and the range of each column', () => {
    const low = trainColumns.map((values) => Math.min(...values))
    const range = trainColumns.map((values, column) => Math.max(...values) - (low[column] ?? 0) || 1)
    expect(minMaxScale().fit(table(data), trainRows).toJSON()).toEqual({
      name: 'minMaxScale',
      inputs: [{ subtract: low, divideBy: range }],
    })
  })

  test('an input that passes unchanged is null', () => {
    const dataset = arrays({ inputs: [{ data: new Uint8Array(2), shape: [1] }, [[1], [3]]], targets: [5, 6] })
    expect(minMaxScale().fit(dataset, Int32Array.of(0, 1)).toJSON()).toEqual({
      name: 'minMaxScale',
      inputs: [null, { subtract: [1], divideBy: [2] }],
    })
  })

  test.each([standardize(), minMaxScale(), chain(standardize(), minMaxScale())])(
    'read back from its text, $name transforms to the same bits',
    (preprocessor) => {
      const fitted = preprocessor.fit(table(data), trainRows)
      const again = fittedFromJSON(JSON.parse(JSON.stringify(fitted)))
      expect(floats(again.transform(table(data)).inputs[0])).toEqual(floats(fitted.transform(table(data)).inputs[0]))
      expect(again.toJSON()).toEqual(fitted.toJSON())
    },
  )

  test('other rows than it was fitted to are refused', () => {
    const fitted = standardize().fit(
      table([
        [1, 2],
        [3, 4],
      ]),
      Int32Array.of(0, 1),
    )
    const bytes = arrays({ inputs: { data: new Uint8Array(2), shape: [2] }, targets: [0] })
    for (const dataset of [table([[1, 2, 3]]), bytes]) {
      expect(() => fitted.transform(dataset)).toThrow(
        expect.objectContaining({ code: 'data/bad-shape', message: expect.stringContaining('rows of 2 floats') }),
      )
    }
  })

  test.each([null, 'standardize', {}, { name: 'own' }, { name: 'own', inputs: [{ subtract: [1] }] }, { steps: [7] }])(
    'what is none of ours cannot be read back: %j',
    (json) => {
      expect(() => fittedFromJSON(json as never)).toThrow(expect.objectContaining({ code: 'data/bad-format' }))
    },
  )
})
