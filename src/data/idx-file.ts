import { TunerError } from '../core/errors.ts'
import { sizeOf } from './dataset.ts'
import { readDataFile } from './read-file.ts'

/** What the third byte of an IDX file may say that its numbers are. */
const TYPES: Readonly<Record<number, string>> = {
  8: 'unsigned bytes',
  9: 'signed bytes',
  11: '16-bit integers',
  12: '32-bit integers',
  13: '32-bit floats',
  14: '64-bit floats',
}

/** The bytes of one IDX file. */
export interface IdxFile {
  /** Absolute. */
  readonly file: string
  readonly data: Uint8Array
  /** Rows first: [60000, 28, 28], or [60000] for labels. */
  readonly extents: readonly number[]
}

/**
 * Reads a file of MNIST's IDX format: two zero bytes, a type, a number of dimensions, as many big-endian 32-bit extents,
 * then the numbers. Throws `data/file-missing` and `data/bad-format`.
 */
export async function readIdxFile(path: string): Promise<IdxFile> {
  const { file, bytes } = await readDataFile(path)
  const [first, second, type = 0, dimensions = 0] = bytes
  if (first !== 0 || second !== 0 || TYPES[type] === undefined || dimensions === 0) {
    const start = bytes.length === 0 ? 'nothing' : bytes.toString('hex', 0, 4)
    throw badFormat(
      `${path} is no IDX file: expected it to begin with 000008 and a number of dimensions, got ${start} (hexadecimal).`,
      'Name the files of MNIST as they are, for example train-images-idx3-ubyte.gz.',
    )
  }
  if (type !== 8) {
    throw badFormat(
      `${path} holds ${TYPES[type]}; expected unsigned bytes.`,
      'Read it by a few lines of your own and hand the numbers to arrays({ inputs, targets }).',
    )
  }
  const header = 4 + 4 * dimensions
  if (bytes.length < header) {
    throw badFormat(`${path} ends within its header, after ${bytes.length} bytes.`, DAMAGED)
  }
  const extents = Array.from({ length: dimensions }, (_, i) => bytes.readUInt32BE(4 + 4 * i))
  const size = sizeOf(extents)
  if (bytes.length !== header + size) {
    throw badFormat(
      `${path}: expected ${size} bytes of numbers for the extents [${extents.join(', ')}] in its header, got ${bytes.length - header}.`,
      DAMAGED,
    )
  }
  return { file, data: bytes.subarray(header), extents }
}

const DAMAGED = 'It is damaged or cut short: fetch or copy it again.'

function badFormat(message: string, hint: string): TunerError {
  return new TunerError('data/bad-format', message, { hint })
}
