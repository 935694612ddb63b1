import { gzipSync } from 'node:zlib'
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { idx } from '../../src/data/idx.ts'
import { fileWith, folderWith } from './files.ts'
import { rowsOf } from './rows-of.ts'

function idxBytes(extents: readonly number[], numbers: ArrayLike<number>, type = 8): Buffer {
  const header = Buffer.alloc(4 + 4 * extents.length)
  header.set([0, 0, type, extents.length])
  for (const [i, extent] of extents.entries()) header.writeUInt32BE(extent, 4 + 4 * i)
  return Buffer.concat([header, Uint8Array.from(numbers)])
}

const pixels = Array.from({ length: 3 * 2 * 4 }, (_, i) => 10 * i)
const images = idxBytes([3, 2, 4], pixels)
const labels = idxBytes([3], [7, 2, 7])

describe('two files', () => {
  test.each([
    { name: 'plain', pack: (bytes: Buffer) => bytes },
    { name: 'gzipped, whatever their names say', pack: (bytes: Buffer) => gzipSync(bytes) },
  ])('$name', async ({ pack }) => {
    const files = { images: fileWith(pack(images), '.idx'), labels: fileWith(pack(labels), '.idx') }
    const dataset = await idx(files)
    expect(dataset).toMatchObject({
      rows: 3,
      inputs: [{ kind: 'dense', shape: [2, 4, 1], scale: 1 / 255 }],
      task: { kind: 'classification', classes: ['2', '7'] },
      files: [files.images, files.labels],
    })
    const [input] = dataset.inputs
    expect(input.kind === 'dense' && input.data).toBeInstanceOf(Uint8Array)
    expect(input.kind === 'dense' && input.data.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(rowsOf(input).flat()).toEqual(pixels)
    expect([...dataset.targets[0].data]).toEqual([1, 0, 1])
  })

  test('names of the classes are by label', async () => {
    const classes = Array.from({ length: 8 }, (_, i) => `class ${i}`)
    const { task, targets } = await idx({ images: fileWith(images), labels: fileWith(labels), classes })
    expect(task).toEqual({ kind: 'classification', classes })
    expect([...targets[0].data]).toEqual([7, 2, 7])
  })

  test('colours and vectors keep their shape', async () => {
    const answer = fileWith(idxBytes([2], [0, 1]))
    const shapeOf = async (extents: readonly number[]) => {
      const size = extents.reduce((product, extent) => product * extent, 1)
      return (await idx({ images: fileWith(idxBytes(extents, new Uint8Array(size))), labels: answer })).inputs[0].shape
    }
    expect([await shapeOf([2, 3, 4, 3]), await shapeOf([2, 5])]).toEqual([[3, 4, 3], [5]])
  })

  property.prop([
    fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
    fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
    fc.boolean(),
  ])('come back as they were written', async ([rows, height, width], stream, packed) => {
    const numbers = [...stream.take(rows * height * width)]
    const bytes = idxBytes([rows, height, width], numbers)
    const answers = idxBytes(
      [rows],
      Uint8Array.from({ length: rows }, (_, row) => row % 2),
    )
    const dataset = await idx({ images: fileWith(packed ? gzipSync(bytes) : bytes), labels: fileWith(answers) })
    expect(dataset.inputs[0].shape).toEqual([height, width, 1])
    expect(rowsOf(dataset.inputs[0]).flat()).toEqual(numbers)
  })
})

describe('a folder', () => {
  const other = idxBytes([2, 2, 4], pixels.slice(8))
  const both = {
    'train-images-idx3-ubyte': images,
    'train-labels-idx1-ubyte.gz': gzipSync(labels),
    't10k-images.idx3-ubyte': other,
    't10k-labels.idx1-ubyte': idxBytes([2], [0, 1]),
    'readme.txt': Buffer.from('digits'),
  }

  test('the images for training, or those for a last test', async () => {
    const folder = folderWith(both)
    expect((await idx(folder)).rows).toBe(3)
    expect((await idx(folder, { part: 'test' })).rows).toBe(2)
    const { files } = await idx(folder, { part: 'train' })
    expect(files).toEqual([`${folder}/train-images-idx3-ubyte`, `${folder}/train-labels-idx1-ubyte.gz`])
  })

  test('the other part where one is missing', async () => {
    const { 't10k-images.idx3-ubyte': _, ...others } = both
    expect((await idx(folderWith(others))).rows).toBe(3)
    const { 'train-images-idx3-ubyte': __, ...tests } = both
    expect((await idx(folderWith(tests), { classes: ['a', 'b'] })).task).toEqual({
      kind: 'classification',
      classes: ['a', 'b'],
    })
  })

  test('only a pair of one collection', async () => {
    const digits = { 'emnist-digits-train-images-idx3-ubyte': images }
    const letters = { 'emnist-letters-train-labels-idx1-ubyte': labels }
    await expect(idx(folderWith({ ...digits, ...letters }))).rejects.toMatchObject({ code: 'data/file-missing' })
    const pair = { ...letters, 'emnist-letters-train-images-idx3-ubyte': images }
    expect((await idx(folderWith({ ...digits, ...pair }))).files?.[0]).toContain('emnist-letters-train-images')
  })

  test('without a pair, that does not exist, that is a file', async () => {
    const folder = folderWith({ 'train-images-idx3-ubyte': images })
    const refused = (path: string | undefined, part: 'test' | undefined, message: string) =>
      expect(idx(path, part === undefined ? {} : { part })).rejects.toMatchObject({
        code: 'data/file-missing',
        message: expect.stringContaining(message),
      })
    await refused(folder, undefined, 'holds no pair like train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz')
    await refused(folder, 'test', 'holds no pair like t10k-images')
    await refused('nowhere', undefined, 'The data folder nowhere does not exist.')
    await refused(fileWith(images), undefined, 'is a file, not a folder.')
    await refused(undefined, undefined, 'expected the path of a folder with IDX files')
  })
})

const cases: readonly { name: string; images?: Buffer; labels?: Buffer; code: string; message: string }[] = [
  { name: 'an empty file', images: Buffer.alloc(0), code: 'data/bad-format', message: 'got nothing (hexadecimal)' },
  {
    name: 'another format',
    images: Buffer.from('PNG and more'),
    code: 'data/bad-format',
    message: 'is no IDX file: expected it to begin with 000008 and a number of dimensions, got 504e4720',
  },
  {
    name: 'floats',
    images: idxBytes([1, 1, 1], [0, 0, 0, 0], 13),
    code: 'data/bad-format',
    message: 'holds 32-bit floats; expected unsigned bytes.',
  },
  {
    name: 'a cut header',
    images: images.subarray(0, 9),
    code: 'data/bad-format',
    message: 'ends within its header, after 9 bytes.',
  },
  {
    name: 'a cut file',
    images: images.subarray(0, -1),
    code: 'data/bad-format',
    message: 'expected 24 bytes of numbers for the extents [3, 2, 4] in its header, got 23.',
  },
  {
    name: 'a file with more than its header says',
    labels: Buffer.concat([labels, Buffer.alloc(1)]),
    code: 'data/bad-format',
    message: 'expected 3 bytes of numbers for the extents [3] in its header, got 4.',
  },
  {
    name: 'a cut gzip file',
    images: gzipSync(images).subarray(0, -9),
    code: 'data/bad-format',
    message: 'is gzipped and cannot be unpacked',
  },
  {
    name: 'a gzip file with a flipped bit',
    labels: gzipSync(labels).map((byte, i, all) => (i === all.length - 6 ? byte ^ 1 : byte)) as Buffer,
    code: 'data/bad-format',
    message: 'is gzipped and cannot be unpacked',
  },
  { name: 'labels as images', images: labels, code: 'data/bad-shape', message: 'are these the labels?' },
  {
    name: 'images as labels',
    labels: images,
    code: 'data/bad-shape',
    message: 'expected one label a row, got the extents [3, 2, 4].',
  },
  {
    name: 'fewer labels than images',
    labels: idxBytes([2], [0, 1]),
    code: 'data/bad-shape',
    message: 'expected 3 labels, as there are images in',
  },
  {
    name: 'no images',
    images: idxBytes([0, 2, 4], []),
    labels: idxBytes([0], []),
    code: 'data/no-rows',
    message: 'no rows',
  },
  { name: 'a single class', labels: idxBytes([3], [1, 1, 1]), code: 'data/bad-shape', message: 'at least two classes' },
]

test.each(cases)('$name', async ({ code, message, ...files }) => {
  const source = { images: fileWith(files.images ?? images), labels: fileWith(files.labels ?? labels) }
  await expect(idx(source)).rejects.toMatchObject({
    name: 'TunerError',
    code,
    message: expect.stringContaining(message),
  })
})

test('a label beyond the classes', async () => {
  const source = { images: fileWith(images), labels: fileWith(labels), classes: ['a', 'b', 'c'] }
  await expect(idx(source)).rejects.toMatchObject({
    code: 'data/bad-shape',
    message: expect.stringMatching(/target of row 0: expected one of 0, 1, 2, got 7\.$/),
  })
})
