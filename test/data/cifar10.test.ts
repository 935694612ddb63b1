import { describe, expect, test } from 'vitest'
import { cifar10 } from '../../src/data/cifar10.ts'
import { fileWith, folderWith } from './files.ts'
import { rowsOf } from './rows-of.ts'

const PIXELS = 1024

/** Images whose pixel p is (label, 100 + p % 100, 200 + p % 50): each channel tells which it is, and where. */
function batch(labels: readonly number[]): Buffer {
  const rows = labels.map((label) => {
    const planes = Array.from({ length: PIXELS }, (_, p) => [label, 100 + (p % 100), 200 + (p % 50)])
    return [label, ...[0, 1, 2].flatMap((channel) => planes.map((pixel) => pixel[channel] ?? 0))]
  })
  return Buffer.from(rows.flat())
}

const folder = () =>
  folderWith({
    'data_batch_1.bin': batch([3, 9]),
    'data_batch_2.bin': batch([0]),
    'test_batch.bin': batch([5, 6, 7]),
    'batches.meta.txt': Buffer.from('airplane\n'),
  })

describe('reading', () => {
  test('a folder: the batches for training in their order, channels last', async () => {
    const path = folder()
    const { rows, inputs, targets, task, files } = await cifar10(path)
    expect(rows).toBe(3)
    expect(files).toEqual([`${path}/data_batch_1.bin`, `${path}/data_batch_2.bin`])
    expect(inputs[0]).toMatchObject({ kind: 'dense', shape: [32, 32, 3], scale: 1 / 255 })
    expect(inputs[0].kind === 'dense' && inputs[0].data).toBeInstanceOf(Uint8Array)
    expect([...targets[0].data]).toEqual([3, 9, 0])
    expect(task.kind === 'classification' && task.classes[9]).toBe('truck')
    for (const [row, label] of [3, 9, 0].entries()) {
      const expected = Array.from({ length: PIXELS }, (_, p) => [label, 100 + (p % 100), 200 + (p % 50)]).flat()
      expect(rowsOf(inputs[0])[row]).toEqual(expected)
    }
  })

  test('a folder: the batch for a last test', async () => {
    expect([...(await cifar10(folder(), { part: 'test' })).targets[0].data]).toEqual([5, 6, 7])
  })

  test('a file, or several', async () => {
    const [a, b] = [fileWith(batch([1])), fileWith(batch([2, 8]))]
    expect([...(await cifar10(b)).targets[0].data]).toEqual([2, 8])
    expect([...(await cifar10([b, a])).targets[0].data]).toEqual([2, 8, 1])
  })
})

function tar(): Buffer {
  const bytes = Buffer.alloc(1024)
  bytes.write('ustar', 257)
  return bytes
}

const cases: readonly {
  name: string
  path: () => string | readonly string[] | undefined
  code: string
  message: string
  hint?: string
}[] = [
  { name: 'no path', path: () => undefined, code: 'data/file-missing', message: 'the folder cifar-10-batches-bin' },
  { name: 'no files', path: () => [], code: 'data/no-rows', message: 'expected at least one file' },
  { name: 'a path to nothing', path: () => 'nowhere', code: 'data/file-missing', message: 'does not exist' },
  {
    name: 'the folder for Python',
    path: () => folderWith({ data_batch_1: batch([1]) }),
    code: 'data/file-missing',
    message: 'holds no data_batch_1.bin and so on, but the version for Python.',
    hint: 'cifar-10-binary.tar.gz',
  },
  {
    name: 'a cut file',
    path: () => fileWith(batch([1, 2]).subarray(0, -1)),
    code: 'data/bad-format',
    message: 'expected rows of 3073 bytes, a label and an image each; got 6145 bytes.',
  },
  { name: 'an empty file', path: () => fileWith(''), code: 'data/bad-format', message: 'got 0 bytes' },
  {
    name: 'an archive that is not unpacked',
    path: () => fileWith(tar()),
    code: 'data/bad-format',
    message: 'of a tar archive',
    hint: 'tar -xf',
  },
  {
    name: 'a label that is none',
    path: () => fileWith(batch([1, 10])),
    code: 'data/bad-format',
    message: 'row 1 (from 0): expected a label of 0 to 9, got 10.',
  },
]

test.each(cases)('$name', async ({ path, code, message, hint = '' }) => {
  await expect(cifar10(path())).rejects.toMatchObject({
    name: 'TunerError',
    code,
    message: expect.stringContaining(message),
    hint: code === 'data/no-rows' ? undefined : expect.stringContaining(hint),
  })
})
