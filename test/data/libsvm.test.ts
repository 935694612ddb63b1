import { gzipSync } from 'node:zlib'
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import type { Block, SparseBlock } from '../../src/data/dataset.ts'
import { type LibsvmOptions, libsvm } from '../../src/data/libsvm.ts'
import { fileWith } from './files.ts'
import { references } from './reference-files.ts'

const read = (text: string, options: LibsvmOptions = {}) => libsvm(fileWith(text, '.feat'), options)

function sparse(block: Block): SparseBlock {
  if (block.kind !== 'sparse') throw new Error('expected a sparse block')
  return block
}

function rowsOf(block: Block): number[][] {
  const { starts, columns, values, shape } = sparse(block)
  return Array.from({ length: starts.length - 1 }, (_, row) => {
    const cells = Array<number>(shape[0]).fill(0)
    for (let entry = starts[row] ?? 0; entry < (starts[row + 1] ?? 0); entry++) {
      cells[columns[entry] ?? -1] = values === undefined ? 1 : (values[entry] ?? Number.NaN)
    }
    return cells
  })
}

const reviews = '9 0:9 1:1 2:4\n1 0:2 7:1\n7 3:1 7:2\n'

describe('as scikit-learn reads them', () => {
  test.each(references.svmlight)('file $#', async ({ text, labels, width, rows }) => {
    const { inputs, targets } = await read(text, { task: 'regression' })
    expect(inputs[0].shape).toEqual([width])
    expect(rowsOf(inputs[0])).toEqual(rows)
    expect([...targets[0].data]).toEqual(labels)
  })

  test('several files, which count their columns from the same number', async () => {
    const { texts, labels, rows } = references.together
    const paths = texts.map((text) => fileWith(text, '.feat'))
    const dataset = await libsvm(paths, { task: 'regression' })
    expect(rowsOf(dataset.inputs[0])).toEqual(rows)
    expect([...dataset.targets[0].data]).toEqual(labels)
    expect(dataset).toMatchObject({ rows: 2, files: paths })
  })
})

const rowsArbitrary = fc.array(
  fc.record({
    label: fc.integer({ min: -3, max: 3 }),
    columns: fc.uniqueArray(fc.nat({ max: 200 }), { maxLength: 12 }),
    value: fc.float({ noNaN: true, min: -1000, max: 1000 }).filter((value) => value !== 0),
  }),
  { minLength: 1, maxLength: 12 },
)

property.prop([rowsArbitrary, fc.boolean(), fc.boolean()])(
  'come back as they were written',
  async (rows, zero, packed) => {
    const text = rows.map(({ label, columns, value }) => {
      const sorted = [...columns].sort((a, b) => a - b)
      return [label, ...sorted.map((column) => `${column + (zero ? 0 : 1)}:${value}`)].join(' ')
    })
    const file = fileWith(packed ? gzipSync(text.join('\n')) : text.join('\n'))
    const { inputs, targets } = await libsvm(file, { columns: 201, zeroBased: zero, task: 'regression' })
    const expected = rows.map(({ columns, value }) =>
      Array.from({ length: 201 }, (_, column) => (columns.includes(column) ? value : 0)),
    )
    expect(rowsOf(inputs[0])).toEqual(expected)
    expect([...targets[0].data]).toEqual(rows.map(({ label }) => label))
    const { starts, columns } = sparse(inputs[0])
    for (const [row] of rows.entries()) {
      const own = [...columns.subarray(starts[row], starts[row + 1])]
      expect(own).toEqual([...own].sort((a, b) => a - b))
    }
  },
)

describe('options', () => {
  test('the first columns alone', async () => {
    const { inputs } = await read(reviews, { columns: 3 })
    expect(rowsOf(inputs[0])).toEqual([
      [9, 1, 4],
      [2, 0, 0],
      [0, 0, 0],
    ])
  })

  test('whether a word is there, not how often; zeros are not there', async () => {
    const { inputs } = await read('1 0:3 1:0 2:0.5\n2 1:7\n', { binary: true })
    expect(rowsOf(inputs[0])).toEqual([
      [1, 0, 1],
      [0, 1, 0],
    ])
    expect(sparse(inputs[0])).not.toHaveProperty('values')
    expect(sparse(inputs[0]).columns).toHaveLength(3)
  })

  test('all in shared memory, column numbers in two bytes where they fit', async () => {
    const narrow = sparse((await read(reviews)).inputs[0])
    for (const array of [narrow.starts, narrow.columns, narrow.values]) {
      expect(array?.buffer).toBeInstanceOf(SharedArrayBuffer)
    }
    expect(narrow.columns).toBeInstanceOf(Uint16Array)
    const wide = sparse((await read('1 0:1\n2 70000:2\n')).inputs[0])
    expect(wide.columns).toEqual(Object.assign(new Uint32Array(new SharedArrayBuffer(8)), [0, 70_000]))
    expect(wide.shape).toEqual([70_001])
  })

  test.each([
    { name: 'whole labels are classes', text: reviews, options: {}, classes: ['1', '7', '9'], targets: [2, 0, 1] },
    {
      name: 'a threshold',
      text: reviews,
      options: { target: { atLeast: 7 } },
      classes: ['below 7', 'at least 7'],
      targets: [1, 0, 1],
    },
    {
      name: 'a threshold with names',
      text: reviews,
      options: { target: { atLeast: 8 }, classes: ['disliked', 'liked'] },
      classes: ['disliked', 'liked'],
      targets: [1, 0, 0],
    },
    {
      name: 'a function that names a class',
      text: reviews,
      options: { target: (rating: number) => (rating > 5 ? 'up' : 'down') },
      classes: ['down', 'up'],
      targets: [1, 0, 1],
    },
    {
      name: 'a function that says whether',
      text: reviews,
      options: { target: (rating: number) => rating > 5 },
      classes: ['false', 'true'],
      targets: [1, 0, 1],
    },
    {
      name: 'names by index',
      text: '2 1:1\n0 1:2\n',
      options: { classes: ['a', 'b', 'c'] },
      classes: ['a', 'b', 'c'],
      targets: [2, 0],
    },
    {
      name: 'names in the order of labels that are no indices',
      text: '1 1:1\n-1 1:2\n',
      options: { classes: ['no', 'yes'] },
      classes: ['no', 'yes'],
      targets: [1, 0],
    },
  ])('$name', async ({ text, options, classes, targets }) => {
    const dataset = await read(text, options)
    expect(dataset.task).toEqual({ kind: 'classification', classes })
    expect([...dataset.targets[0].data]).toEqual(targets)
  })

  test('labels with decimals are a regression, and what a function makes of them', async () => {
    expect((await read('0.5 1:1\n2 1:2\n')).task).toEqual({ kind: 'regression' })
    const { task, targets } = await read(reviews, { target: (rating) => rating / 2 })
    expect(task).toEqual({ kind: 'regression' })
    expect([...targets[0].data]).toEqual([4.5, 0.5, 3.5])
  })
})

const cases: readonly { name: string; text: string; options?: LibsvmOptions; code: string; message: string }[] = [
  { name: 'an empty file', text: '', code: 'data/no-rows', message: 'has no rows; expected at least one.' },
  { name: 'comments alone', text: '# a\n\n', code: 'data/no-rows', message: 'has no rows' },
  {
    name: 'no entries',
    text: '1\n2\n',
    code: 'data/bad-shape',
    message: 'at least one column, but no line names one.',
  },
  {
    name: 'a label that is no number',
    text: '1 1:1\ngood 1:2\n',
    code: 'data/bad-cell',
    message: 'line 2: expected a label first, got "good".',
  },
  {
    name: 'several labels a row',
    text: '1,3 1:1\n',
    code: 'data/bad-cell',
    message: 'got "1,3". Several labels a row are not read.',
  },
  {
    name: 'a comma-separated file',
    text: 'a,y\n1,2\n',
    code: 'data/bad-cell',
    message: 'line 1: expected a label first',
  },
  {
    name: 'no column',
    text: '1 1:1\n\n# c\n1 word\n',
    code: 'data/bad-format',
    message: 'line 4: expected column:value, got "word".',
  },
  { name: 'a column that is no number', text: '1 x:1\n', code: 'data/bad-format', message: 'got "x:1".' },
  { name: 'a negative column', text: '1 -1:1\n', code: 'data/bad-format', message: 'got "-1:1".' },
  {
    name: 'a cut entry',
    text: '1 1:1 2:',
    code: 'data/bad-cell',
    message: 'line 1, column 2: expected a number, got "".',
  },
  {
    name: 'a value that is no number',
    text: '1 1:a\n',
    code: 'data/bad-cell',
    message: 'column 1: expected a number, got "a".',
  },
  { name: 'a value beyond float32', text: '1 1:1e39\n', code: 'data/bad-cell', message: 'got "1e39".' },
  {
    name: 'columns out of order',
    text: '1 2:1 1:1\n',
    code: 'data/bad-format',
    message: 'line 1: column 1 comes after column 2.',
  },
  { name: 'a column twice', text: '1 2:1 2:1\n', code: 'data/bad-format', message: 'column 2 comes after column 2.' },
  {
    name: 'a column 0 where the first is 1',
    text: '1 0:1\n',
    options: { zeroBased: false },
    code: 'data/bad-shape',
    message: 'a column is 0; with zeroBased: false the first one is 1.',
  },
  {
    name: 'columns that are none',
    text: reviews,
    options: { columns: 0 },
    code: 'data/bad-shape',
    message: 'columns is 0.',
  },
  {
    name: 'three names for a threshold',
    text: reviews,
    options: { target: { atLeast: 7 }, classes: ['a', 'b', 'c'] },
    code: 'data/bad-shape',
    message: 'a threshold divides into two classes, got 3 names.',
  },
  {
    name: 'fewer names than labels',
    text: reviews,
    options: { classes: ['a', 'b'] },
    code: 'data/bad-shape',
    message: 'target of row 0: expected one of 0, 1, got 9.',
  },
  {
    name: 'texts for a regression',
    text: reviews,
    options: { target: () => 'a', task: 'regression' },
    code: 'data/bad-shape',
    message: 'a regression needs numbers from target',
  },
  {
    name: 'a function that makes NaN',
    text: reviews,
    options: { target: () => Number.NaN },
    code: 'data/bad-cell',
    message: 'target, row 0',
  },
]

test.each(cases)('$name', async ({ text, options, code, message }) => {
  await expect(read(text, options)).rejects.toMatchObject({
    name: 'TunerError',
    code,
    message: expect.stringContaining(message),
  })
})

test('no path, and no paths', async () => {
  await expect(libsvm(undefined)).rejects.toMatchObject({ code: 'data/file-missing' })
  await expect(libsvm([])).rejects.toMatchObject({ code: 'data/no-rows' })
  await expect(libsvm('nowhere.feat')).rejects.toMatchObject({ code: 'data/file-missing' })
})
