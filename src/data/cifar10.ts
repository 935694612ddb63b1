import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { TunerError } from '../core/errors.ts'
import { type Dataset, sharedFloats } from './dataset.ts'
import { cannotRead, readDataFile, requirePath } from './read-file.ts'

export interface Cifar10Options {
  /** Of a folder: the images for training (data_batch_1.bin to data_batch_5.bin) or for a last test. Default `train`. */
  readonly part?: 'train' | 'test'
}

const CLASSES = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck']
const SIDE = 32
const PIXELS = SIDE * SIDE
const CHANNELS = 3
/** A label and one plane for each channel. */
const ROW = 1 + CHANNELS * PIXELS

/**
 * CIFAR-10 from its binary version: colour images of shape [32, 32, 3], as bytes with the scale 1/255, in ten classes. The
 * files have the channels first; here they are last, as tf.layers.conv2d has them by default.
 *
 * @param path The unpacked folder cifar-10-batches-bin, or files in it, relative to the working directory; files may be
 * gzipped. Undefined is an error that says how to name one.
 * @throws TunerError `data/file-missing`, and `data/bad-format` for a file that is not of rows of 3,073 bytes or has a
 * label above 9.
 */
export async function cifar10(
  path: string | readonly string[] | undefined,
  { part = 'train' }: Cifar10Options = {},
): Promise<Dataset> {
  const paths = typeof path === 'object' ? path : await filesOf(path, part)
  const files = await Promise.all(paths.map(readDataFile))
  const batches = files.map(({ bytes }, i) => rowsIn(bytes, paths[i] ?? ''))
  const rows = batches.reduce((sum, count) => sum + count, 0)
  if (rows === 0) throw new TunerError('data/no-rows', 'cifar10: expected at least one file.')
  const pixels = new Uint8Array(new SharedArrayBuffer(rows * CHANNELS * PIXELS))
  const labels = sharedFloats(rows)
  let row = 0
  for (const [i, { bytes }] of files.entries()) {
    for (let start = 0; start < bytes.length; start += ROW) {
      labels[row] = labelAt(bytes, start, paths[i] ?? '')
      channelsLast(bytes.subarray(start + 1, start + ROW), pixels, row * CHANNELS * PIXELS)
      row++
    }
  }
  return {
    rows,
    inputs: [{ kind: 'dense', data: pixels, shape: [SIDE, SIDE, CHANNELS], scale: 1 / 255 }],
    targets: [{ kind: 'dense', data: labels, shape: [1] }],
    task: { kind: 'classification', classes: CLASSES },
    files: files.map(({ file }) => file),
  }
}

async function filesOf(path: string | undefined, part: 'train' | 'test'): Promise<readonly string[]> {
  requirePath(path, 'the folder cifar-10-batches-bin')
  const names = await readdir(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined
    throw cannotRead(`data folder ${path}`, error, 'a folder')
  })
  if (names === undefined) return [path]
  const wanted = part === 'train' ? /^data_batch_\d+\.bin(\.gz)?$/ : /^test_batch\.bin(\.gz)?$/
  const found = names.filter((name) => wanted.test(name)).sort()
  if (found.length > 0) return found.map((name) => join(path, name))
  const pickled = names.some((name) => /^(data_batch_\d+|test_batch)$/.test(name))
  throw new TunerError(
    'data/file-missing',
    `${path} holds no ${part === 'train' ? 'data_batch_1.bin and so on' : 'test_batch.bin'}${pickled ? ', but the version for Python' : ''}.`,
    { hint: 'Unpack the binary version, cifar-10-binary.tar.gz, and name its folder cifar-10-batches-bin.' },
  )
}

function rowsIn(bytes: Buffer, path: string): number {
  if (bytes.length > 0 && bytes.length % ROW === 0) return bytes.length / ROW
  const packed = bytes.toString('latin1', 257, 262) === 'ustar'
  throw new TunerError(
    'data/bad-format',
    `${path}: expected rows of ${ROW} bytes, a label and an image each; got ${bytes.length} bytes${packed ? ' of a tar archive' : ''}.`,
    {
      hint: packed
        ? `Unpack it: tar -xf ${path}, and name the folder cifar-10-batches-bin.`
        : 'The binary version of CIFAR-10 is expected, whole: fetch or copy it again.',
    },
  )
}

function labelAt(bytes: Buffer, start: number, path: string): number {
  const label = bytes[start] ?? 0
  if (label < CLASSES.length) return label
  throw new TunerError(
    'data/bad-format',
    `${path}, row ${start / ROW} (from 0): expected a label of 0 to 9, got ${label}.`,
    {
      hint: 'The binary version of CIFAR-10 is expected; the file is damaged, or another one.',
    },
  )
}

function channelsLast(planes: Uint8Array, target: Uint8Array, at: number): void {
  for (let channel = 0; channel < CHANNELS; channel++) {
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      target[at + pixel * CHANNELS + channel] = planes[channel * PIXELS + pixel] ?? 0
    }
  }
}
