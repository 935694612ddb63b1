import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { type NpyFiles, npy } from '../../src/data/npy.ts'
import { readNpyArray } from '../../src/data/npy-array.ts'
import { fileWith } from './files.ts'
import { npyBytes } from './npy-bytes.ts'
import { decoded, references } from './reference-files.ts'
import { rowsOf } from './rows-of.ts'

const saved = (shape: readonly number[], values: readonly number[], code = 'f8') =>
  fileWith(npyBytes(shape, values, { code, littleEndian: true }), '.npy')

describe('arrays as NumPy saves them', () => {
  test.each(references.npy)('$descr, shape $shape, Fortran order $fortran', ({ npy, descr, shape, values }) => {
    const { data, extents } = readNpyArray(decoded(npy), 'x')
    expect(extents).toEqual(shape)
    expect([...data]).toEqual(values)
    expect(data).toBeInstanceOf(['|u1', '|b1'].includes(descr) ? Uint8Array : Float32Array)
    expect(data.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  test.each(Object.entries(references.headers))('version %s of the format', (_, file) => {
    expect([...readNpyArray(decoded(file), 'x').data]).toEqual(references.archives.labels)
  })

  property.prop([
    fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
    fc.constantFrom('u1', 'u2', 'i4', 'i8', 'f4', 'f8'),
    fc.boolean(),
    fc.record({ fortran: fc.boolean(), version: fc.constantFrom(1, 2, 3) }),
    fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
  ])('come back as they were written', (shape, code, littleEndian, how, stream) => {
    const values = [...stream.take(shape.reduce((product, extent) => product * extent, 1))]
    const { data, extents, type } = readNpyArray(npyBytes(shape, values, { code, littleEndian }, how), 'x')
    expect([extents, `${type.kind}${type.bytes}`, [...data]]).toEqual([shape, code, values])
  })

  property.prop([fc.nat()])('cut anywhere are an error', (seed) => {
    const whole = npyBytes([3, 2], [1, 2, 3, 4, 5, 6])
    const cut = whole.subarray(0, seed % whole.length)
    expect(() => readNpyArray(cut, 'x')).toThrow(expect.objectContaining({ code: 'data/bad-format' }))
  })
})

describe('inputs and targets in a file each', () => {
  test('floats are a regression', async () => {
    const files = { inputs: saved([3, 2], [1, 2, 3, 4, 5, 6]), targets: saved([3], [7, 8, 9]) }
    const dataset = await npy(files)
    expect(dataset).toMatchObject({ rows: 3, task: { kind: 'regression' }, files: [files.inputs, files.targets] })
    expect(rowsOf(dataset.inputs[0])).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ])
    expect(rowsOf(dataset.targets[0])).toEqual([[7], [8], [9]])
  })

  test('integers and booleans are classes, unless the task says otherwise', async () => {
    const inputs = saved([3], [1, 2, 3])
    const integers = saved([3, 1], [30, 4, 30], 'i4')
    expect((await npy({ inputs, targets: integers })).task).toEqual({ kind: 'classification', classes: ['4', '30'] })
    expect((await npy({ inputs, targets: integers, task: 'regression' })).task).toEqual({ kind: 'regression' })
    const truths = await npy({ inputs, targets: saved([3], [1, 0, 1], 'b1') })
    expect(truths.task).toEqual({ kind: 'classification', classes: ['false', 'true'] })
    expect([...truths.targets[0].data]).toEqual([1, 0, 1])
    const named = await npy({ inputs, targets: saved([3], [1, 0, 1]), classes: ['no', 'yes', 'perhaps'] })
    expect(named.task).toEqual({ kind: 'classification', classes: ['no', 'yes', 'perhaps'] })
  })

  test('bytes stay bytes with a scale, other numbers are multiplied', async () => {
    const targets = saved([2], [0, 1])
    const [bytes] = (await npy({ inputs: saved([2, 2], [0, 255, 51, 102], 'u1'), targets, scale: 1 / 255 })).inputs
    expect(bytes).toMatchObject({ scale: 1 / 255, shape: [2] })
    expect(rowsOf(bytes)).toEqual([
      [0, 255],
      [51, 102],
    ])
    const [floats] = (await npy({ inputs: saved([2, 2], [0, 4, 8, 12], 'i4'), targets, scale: 0.25 })).inputs
    expect(floats).not.toHaveProperty('scale')
    expect(rowsOf(floats)).toEqual([
      [0, 1],
      [2, 3],
    ])
  })

  test('rows take another shape', async () => {
    const files = { inputs: saved([2, 2, 3], Array(12).fill(1)), targets: saved([2], [0, 1]) }
    expect((await npy(files)).inputs[0].shape).toEqual([2, 3])
    expect((await npy({ ...files, shape: [2, 3, 1] })).inputs[0].shape).toEqual([2, 3, 1])
  })

  test('several', async () => {
    const [a, b] = [saved([2, 3], [1, 2, 3, 4, 5, 6]), saved([2], [7, 8])]
    const { inputs, targets } = await npy({ inputs: [a, b], targets: [b, a] })
    expect([...inputs, ...targets].map(({ shape }) => shape)).toEqual([[3], [1], [1], [3]])
  })
})

describe('a table in one file', () => {
  const table = () => saved([2, 3], [1, 2, 3, 4, 5, 6])

  test.each([
    { target: undefined, inputs: [1, 2, 4, 5], targets: [3, 6] },
    { target: 0, inputs: [2, 3, 5, 6], targets: [1, 4] },
    { target: -2, inputs: [1, 3, 4, 6], targets: [2, 5] },
  ])('target $target', async ({ target, ...expected }) => {
    const path = table()
    const dataset = await npy(path, target === undefined ? {} : { target })
    expect(dataset).toMatchObject({ rows: 2, task: { kind: 'regression' }, files: [path] })
    expect(rowsOf(dataset.inputs[0]).flat()).toEqual(expected.inputs)
    expect([...dataset.targets[0].data]).toEqual(expected.targets)
  })

  test.each([
    {
      name: 'a column that is not there',
      path: table,
      target: 3,
      message: 'expected a target column from -3 to 2, got 3.',
    },
    { name: 'half a column', path: table, target: 0.5, message: 'got 0.5.' },
    { name: 'one column', path: () => saved([2, 1], [1, 2]), message: 'at least two columns, got the shape (2, 1).' },
    { name: 'no table', path: () => saved([2], [1, 2]), message: 'got the shape (2).' },
  ])('$name', async ({ path, target = -1, message }) => {
    await expect(npy(path(), { target })).rejects.toMatchObject({
      code: 'data/bad-shape',
      message: expect.stringContaining(message),
    })
  })
})

const refused: readonly (readonly [string, string])[] = [
  ['objects', 'holds Python objects (dtype object)'],
  ['texts', 'holds numbers of the type <U3'],
  ['complex', 'holds numbers of the type <c16'],
  ['half', 'holds numbers of the type <f2'],
  ['record', 'holds numbers of the type a record'],
]

test.each(refused)('an array of %s is refused with a remedy', async (kind, message) => {
  const inputs = fileWith(decoded(references.refused[kind]))
  await expect(npy({ inputs, targets: inputs })).rejects.toMatchObject({
    code: 'data/bad-format',
    message: expect.stringContaining(message),
    hint: expect.stringMatching(/^Save numbers|astype/),
  })
})

const two = () => saved([2], [1, 2])

const cases: readonly { name: string; files: () => NpyFiles | string | undefined; code: string; message: string }[] = [
  { name: 'no path', files: () => undefined, code: 'data/file-missing', message: 'a NumPy file (.npy)' },
  { name: 'a path to nothing', files: () => 'nowhere.npy', code: 'data/file-missing', message: 'does not exist' },
  {
    name: 'another format',
    files: () => fileWith('1,2\n'),
    code: 'data/bad-format',
    message: 'is no NumPy array: expected it to begin with \\x93NUMPY.',
  },
  {
    name: 'a header without a shape',
    files: () => fileWith(Buffer.from(npyBytes([2], [1, 2]).toString('latin1').replace('shape', 'shame'), 'latin1')),
    code: 'data/bad-format',
    message: 'expected a header with descr, fortran_order and shape',
  },
  {
    name: 'a cut file',
    files: () => fileWith(npyBytes([2, 2], [1, 2, 3, 4]).subarray(0, -1)),
    code: 'data/bad-format',
    message: 'expected 32 bytes for the shape (2, 2) of 8 bytes a number, got 31.',
  },
  {
    name: 'a single number',
    files: () => ({ inputs: fileWith(decoded(references.refused.scalar)), targets: two() }),
    code: 'data/bad-shape',
    message: 'is a single number',
  },
  {
    name: 'no rows',
    files: () => ({ inputs: fileWith(decoded(references.refused.empty)), targets: two() }),
    code: 'data/no-rows',
    message: 'has no rows',
  },
  {
    name: 'empty rows',
    files: () => ({ inputs: saved([2, 0], []), targets: two() }),
    code: 'data/bad-shape',
    message: 'has the shape (2, 0)',
  },
  {
    name: 'fewer targets',
    files: () => ({ inputs: saved([3], [1, 2, 3]), targets: two() }),
    code: 'data/bad-shape',
    message: 'expected 3 rows as in',
  },
  {
    name: 'a NaN',
    files: () => ({ inputs: saved([2, 2], [1, 2, Number.NaN, 4]), targets: two() }),
    code: 'data/bad-cell',
    message: 'row 1, column 0 (from 0): expected a finite float32, got NaN.',
  },
  {
    name: 'a shape of another size',
    files: () => ({ inputs: saved([2, 4], Array(8).fill(0)), targets: two(), shape: [3, 1] }),
    code: 'data/bad-shape',
    message: 'rows of shape [4] cannot take the shape [3, 1]; expected 4 numbers.',
  },
  {
    name: 'a shape of several inputs',
    files: () => ({ inputs: [two(), two()], targets: two(), shape: [1] }),
    code: 'data/bad-shape',
    message: 'shape is for a single input; here are 2.',
  },
  {
    name: 'several columns as a class',
    files: () => ({ inputs: two(), targets: saved([2, 2], [0, 1, 1, 0]), task: 'classification' }),
    code: 'data/bad-shape',
    message: 'a classification needs one class number a row',
  },
  {
    name: 'no inputs',
    files: () => ({ inputs: [], targets: two() }),
    code: 'data/bad-shape',
    message: 'Expected at least one input',
  },
]

test.each(cases)('$name', async ({ files, code, message }) => {
  const source = files()
  const reading = typeof source === 'object' ? npy(source) : npy(source)
  await expect(reading).rejects.toMatchObject({ name: 'TunerError', code, message: expect.stringContaining(message) })
})
