import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { type NpzOptions, npz } from '../../src/data/npz.ts'
import { fileWith } from './files.ts'
import { npyBytes } from './npy-bytes.ts'
import { decoded, references } from './reference-files.ts'
import { rowsOf } from './rows-of.ts'

const keras: NpzOptions = { inputs: 'x_train', targets: 'y_train' }
const { archives } = references

describe('archives of NumPy', () => {
  test.each([
    { name: 'stored', file: archives.stored },
    { name: 'deflated', file: archives.deflated },
  ])('$name: images as bytes, and integers as classes', async ({ file }) => {
    const path = fileWith(decoded(file), '.npz')
    const dataset = await npz(path, { ...keras, scale: 1 / 255, shape: [3, 3, 1] })
    expect(dataset).toMatchObject({
      rows: 6,
      inputs: [{ kind: 'dense', shape: [3, 3, 1], scale: 1 / 255 }],
      task: { kind: 'classification', classes: ['0', '1', '2'] },
      files: [path],
    })
    const [input] = dataset.inputs
    expect(input.kind === 'dense' && input.data).toBeInstanceOf(Uint8Array)
    expect(rowsOf(input).flat()).toEqual(archives.images)
    expect([...dataset.targets[0].data]).toEqual(archives.labels)
  })

  test('several inputs and outputs; arrays that are not named are not read', async () => {
    const file = zipSync({
      'a.npy': npyBytes([2, 2], [1, 2, 3, 4]),
      'b.npy': npyBytes([2], [5, 6]),
      'words.npy': decoded(references.refused.objects),
    })
    const { inputs, targets } = await npz(fileWith(file), { inputs: ['a', 'b'], targets: ['b', 'a'] })
    expect([...inputs, ...targets].map(rowsOf)).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
      [[5], [6]],
      [[5], [6]],
      [
        [1, 2],
        [3, 4],
      ],
    ])
  })
})

const stored = decoded(archives.stored)
const deflated = decoded(archives.deflated)

const cases: readonly {
  name: string
  bytes?: Uint8Array
  options?: NpzOptions
  code: string
  message: string
  hint?: string
}[] = [
  {
    name: 'an array that is not there, one spelled alike',
    options: { ...keras, targets: 'y_trian' },
    code: 'data/column-missing',
    message: 'has no array "y_trian"; it has x_train, y_train.',
    hint: 'Did you mean "y_train"?',
  },
  {
    name: 'an array that is not there, none alike',
    options: { ...keras, inputs: 'pictures' },
    code: 'data/column-missing',
    message: 'has no array "pictures"; it has x_train, y_train.',
    hint: 'Name some of them',
  },
  {
    name: 'an empty archive',
    bytes: zipSync({}),
    code: 'data/column-missing',
    message: 'has no array "x_train"; it has none.',
  },
  {
    name: 'lists of words, as in imdb.npz of Keras',
    bytes: zipSync({ 'x_train.npy': decoded(references.refused.objects), 'y_train.npy': npyBytes([2], [0, 1]) }),
    code: 'data/bad-format',
    message: 'array "x_train" holds Python objects (dtype object)',
    hint: 'libsvm()',
  },
  {
    name: 'a single array',
    bytes: npyBytes([2], [1, 2]),
    code: 'data/bad-format',
    message: 'is a single array; expected a NumPy archive (.npz).',
    hint: 'npy({ inputs, targets })',
  },
  { name: 'another format', bytes: Buffer.from('a,y\n1,2\n'), code: 'data/bad-format', message: 'cannot be unpacked' },
  { name: 'an empty file', bytes: Buffer.alloc(0), code: 'data/bad-format', message: 'cannot be unpacked' },
  { name: 'a cut file', bytes: stored.subarray(0, -30), code: 'data/bad-format', message: 'cannot be unpacked' },
  {
    name: 'an entry that is no array',
    bytes: zipSync({ 'x_train.npy': Buffer.from('text'), 'y_train.npy': npyBytes([2], [0, 1]) }),
    code: 'data/bad-format',
    message: 'array "x_train" is no NumPy array',
  },
]

test.each(cases)('$name', async ({ bytes = stored, options = keras, code, message, hint = '' }) => {
  await expect(npz(fileWith(bytes), options)).rejects.toMatchObject({
    name: 'TunerError',
    code,
    message: expect.stringContaining(message),
    hint: expect.stringContaining(hint),
  })
})

test('no path at all', async () => {
  await expect(npz(undefined, keras)).rejects.toMatchObject({
    code: 'data/file-missing',
    message: 'No data file was named; expected the path of a NumPy archive (.npz).',
    hint: 'Pass --data <file> or set TUNE_DATA.',
  })
})

test.each([
  { name: 'stored', whole: stored },
  { name: 'deflated', whole: deflated },
])('$name: cut anywhere is an error, never other numbers', async ({ whole }) => {
  for (let length = 0; length < whole.length; length += 7) {
    await expect(npz(fileWith(whole.subarray(0, length)), keras)).rejects.toMatchObject({ code: 'data/bad-format' })
  }
})

test.each([
  { name: 'stored', whole: stored },
  { name: 'deflated', whole: deflated },
])('$name: a flipped bit anywhere is an error or tells nothing, never other numbers', async ({ whole }) => {
  const { files: _, ...sound } = await npz(fileWith(whole), keras)
  let errors = 0
  for (let place = 0; place < whole.length; place += 3) {
    const bytes = Buffer.from(whole)
    bytes[place] = (bytes[place] ?? 0) ^ (1 << (place % 8))
    const { files, ...dataset } = await npz(fileWith(bytes), keras).catch((error: unknown) => ({ files: [], error }))
    if ('error' in dataset) errors++
    expect(dataset).toEqual('error' in dataset ? { error: expect.objectContaining({ name: 'TunerError' }) } : sound)
  }
  expect(errors).toBeGreaterThan(whole.length / 9)
})
