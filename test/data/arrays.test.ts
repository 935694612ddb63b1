import { describe, expect, test } from 'vitest'
import { type ArraysOptions, arrays } from '../../src/data/arrays.ts'
import { rowsOf } from './rows-of.ts'

describe('inputs', () => {
  test('a table', () => {
    const inputs = [
      [1, 2],
      [3, 4],
      [5, 6],
    ]
    const dataset = arrays({ inputs, targets: [7, 8, 9], columns: ['a', 'b'] })
    expect(dataset).toMatchObject({ rows: 3, task: { kind: 'regression' }, columns: ['a', 'b'] })
    expect(dataset.inputs[0].shape).toEqual([2])
    expect(rowsOf(dataset.inputs[0])).toEqual(inputs)
    expect(rowsOf(dataset.targets[0])).toEqual([[7], [8], [9]])
  })

  test('one number a row', () => {
    expect(rowsOf(arrays({ inputs: [1, 2], targets: [3, 4] }).inputs[0])).toEqual([[1], [2]])
  })

  test('one number a row in typed arrays', () => {
    const dataset = arrays({ inputs: Float32Array.of(1, 2), targets: Uint8Array.of(3, 4) })
    expect(rowsOf(dataset.inputs[0])).toEqual([[1], [2]])
    expect(rowsOf(dataset.targets[0])).toEqual([[3], [4]])
  })

  test('floats with a shape, copied into shared memory', () => {
    const data = Float64Array.from({ length: 12 }, (_, i) => i / 4)
    const [block] = arrays({ inputs: { data, shape: [2, 3] }, targets: [0, 1] }).inputs
    data.fill(-1)
    expect(block.kind === 'dense' && [...block.data]).toEqual(Array.from({ length: 12 }, (_, i) => i / 4))
    expect(block.kind === 'dense' && block.data).toBeInstanceOf(Float32Array)
    expect(block.kind === 'dense' && block.data.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(block.shape).toEqual([2, 3])
  })

  test('bytes stay bytes, with their scale', () => {
    const [block] = arrays({
      inputs: { data: new Uint8Array([0, 255, 1, 2]), shape: [1, 2, 1], scale: 1 / 255 },
      targets: [0, 1],
    }).inputs
    expect(block).toMatchObject({ kind: 'dense', shape: [1, 2, 1], scale: 1 / 255 })
    expect(block.kind === 'dense' && block.data).toEqual(
      Object.assign(new Uint8Array(new SharedArrayBuffer(4)), [0, 255, 1, 2]),
    )
  })

  test('several, tables and shaped arrays', () => {
    const dataset = arrays({
      inputs: [[[1], [2]], { data: [1, 2, 3, 4], shape: [2] }],
      targets: [
        { data: [5, 6], shape: [1] },
        { data: new Float32Array(6), shape: [3] },
      ],
    })
    expect(dataset.inputs.map(({ shape }) => shape)).toEqual([[1], [2]])
    expect(dataset.targets.map(({ shape }) => shape)).toEqual([[1], [3]])
  })
})

describe('targets', () => {
  const inputs = [1, 2, 3]

  test('texts are classes, sorted', () => {
    const { task, targets } = arrays({ inputs, targets: ['cat', 'ant', 'cat'] })
    expect(task).toEqual({ kind: 'classification', classes: ['ant', 'cat'] })
    expect(rowsOf(targets[0])).toEqual([[1], [0], [1]])
  })

  test('texts are looked up in classes that are given, in their order', () => {
    const { task, targets } = arrays({ inputs, targets: ['cat', 'ant', 'cat'], classes: ['cat', 'bee', 'ant'] })
    expect(task).toEqual({ kind: 'classification', classes: ['cat', 'bee', 'ant'] })
    expect(rowsOf(targets[0])).toEqual([[0], [2], [0]])
  })

  test('booleans are classes', () => {
    const { task, targets } = arrays({ inputs, targets: [true, false, true] })
    expect(task).toEqual({ kind: 'classification', classes: ['false', 'true'] })
    expect(rowsOf(targets[0])).toEqual([[1], [0], [1]])
  })

  test('numbers are classes where the task says so, sorted by value', () => {
    const { task, targets } = arrays({ inputs, targets: [10, 9, 10], task: 'classification' })
    expect(task).toEqual({ kind: 'classification', classes: ['9', '10'] })
    expect(rowsOf(targets[0])).toEqual([[1], [0], [1]])
  })

  test('numbers are indices into classes that are given, bytes too', () => {
    const data = new Uint8Array([2, 0, 2])
    const { task, targets } = arrays({ inputs, targets: { data, shape: [1] }, classes: ['a', 'b', 'c'] })
    expect(task).toEqual({ kind: 'classification', classes: ['a', 'b', 'c'] })
    expect(rowsOf(targets[0])).toEqual([[2], [0], [2]])
  })

  test('several numbers a row are a regression', () => {
    const targets = [
      [1, 2],
      [3, 4],
      [5, 6],
    ]
    expect(rowsOf(arrays({ inputs, targets }).targets[0])).toEqual(targets)
  })
})

const inputs = [1, 2]
const targets = [0, 1]

const refusals: readonly { name: string; options: ArraysOptions; code: string; message: string }[] = [
  {
    name: 'fewer targets than inputs',
    options: { inputs: [1, 2, 3], targets },
    code: 'data/bad-shape',
    message: 'Expected 3 rows in target 1 as in input 1, got 2.',
  },
  {
    name: 'inputs of different lengths',
    options: { inputs: [[[1], [2]], [[1]]], targets },
    code: 'data/bad-shape',
    message: 'Expected 2 rows in input 2 as in input 1, got 1.',
  },
  {
    name: 'rows of different lengths',
    options: { inputs: [[1, 2], [3]], targets },
    code: 'data/bad-shape',
    message: 'input 1: expected rows of equal length, but row 0 has 2 and row 1 has 1.',
  },
  {
    name: 'empty rows',
    options: { inputs: [[], []], targets },
    code: 'data/bad-shape',
    message: 'input 1: row 0 is empty; expected at least one number.',
  },
  {
    name: 'numbers that are no whole rows',
    options: { inputs: { data: [1, 2, 3], shape: [2] }, targets },
    code: 'data/bad-shape',
    message: 'input 1: 3 numbers are no whole rows of shape [2], 2 numbers each.',
  },
  ...[[0], [2, -1], [1.5]].map((shape) => ({
    name: `the shape [${shape}]`,
    options: { inputs: { data: [1, 2], shape }, targets },
    code: 'data/bad-shape',
    message: `the shape of one row needs whole extents of at least 1, got [${shape.join(', ')}].`,
  })),
  { name: 'no rows', options: { inputs: [], targets: [] }, code: 'data/no-rows', message: 'input 1 has no rows' },
  {
    name: 'no numbers',
    options: { inputs: { data: [], shape: [2] }, targets },
    code: 'data/no-rows',
    message: 'input 1 has no rows',
  },
  {
    name: 'NaN',
    options: {
      inputs: [
        [1, 2],
        [3, Number.NaN],
      ],
      targets,
    },
    code: 'data/bad-cell',
    message: 'input 1, row 1, column 1 (from 0): expected a finite float32, got NaN.',
  },
  {
    name: 'a number beyond float32',
    options: { inputs, targets: { data: [0, 1e39], shape: [1] } },
    code: 'data/bad-cell',
    message: 'target 1, row 1, column 0 (from 0): expected a finite float32, got Infinity.',
  },
  {
    name: 'texts for a regression',
    options: { inputs, targets: ['a', 'b'], task: 'regression' },
    code: 'data/bad-shape',
    message: 'A regression needs numbers as targets, got "a".',
  },
  {
    name: 'several columns for a classification',
    options: { inputs, targets: { data: [1, 0, 0, 1], shape: [2] }, task: 'classification' },
    code: 'data/bad-shape',
    message: 'one class number, or one class name, a row',
  },
  {
    name: 'a class that is not among the classes',
    options: { inputs, targets: ['a', 'c'], classes: ['a', 'b'] },
    code: 'data/bad-shape',
    message: 'Target of row 1: expected one of a, b, got c.',
  },
  {
    name: 'a class number beyond the classes',
    options: { inputs, targets: [0, 2], classes: ['a', 'b'] },
    code: 'data/bad-shape',
    message: 'Target of row 1: expected one of 0, 1, got 2.',
  },
  {
    name: 'a single class',
    options: { inputs, targets: ['a', 'a'] },
    code: 'data/bad-shape',
    message: 'at least two classes, got 1 (a).',
  },
  {
    name: 'too few names of columns',
    options: { inputs, targets, columns: ['a', 'b'] },
    code: 'data/bad-shape',
    message: 'Expected 1 names for the columns of input 1, got 2.',
  },
]

test.each(refusals)('refuses $name', ({ options, code, message }) => {
  expect(() => arrays(options)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }))
})
