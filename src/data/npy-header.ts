import { TunerError } from '../core/errors.ts'

/** What a file of NumPy's NPY format says about the array that follows. */
export interface NpyHeader {
  readonly type: NumberType
  readonly littleEndian: boolean
  /** Whether the first index varies fastest (Fortran order), not the last (C order). */
  readonly fortranOrder: boolean
  /** Rows first. */
  readonly extents: readonly number[]
  /** Where the numbers begin. */
  readonly length: number
}

/** A kind of number: b (boolean), i, u, f, and how many bytes it has. */
export interface NumberType {
  readonly kind: 'b' | 'i' | 'u' | 'f'
  readonly bytes: number
}

const MAGIC = '\x93NUMPY'
const TYPES = new Set(['b1', 'i1', 'u1', 'i2', 'u2', 'i4', 'u4', 'i8', 'u8', 'f4', 'f8'])

/**
 * Reads the header of the NPY format (NumPy Enhancement Proposal 1), versions 1 to 3. Throws `data/bad-format`, also for
 * arrays of objects, texts, dates, complex numbers and records; `name` is for messages.
 */
export function readNpyHeader(bytes: Buffer, name: string): NpyHeader {
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw badFormat(
      `${name} is no NumPy array: expected it to begin with \\x93NUMPY.`,
      'Write it with numpy.save or numpy.savez.',
    )
  }
  const wide = (bytes[6] ?? 0) > 1
  const start = wide ? 12 : 10
  if (bytes.length < start) throw cutShort(name)
  const length = start + (wide ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8))
  if (bytes.length < length) throw cutShort(name)
  const text = bytes.toString('latin1', start, length)
  const descr = /'descr':\s*(?:'([^']*)'|([[(]))/.exec(text)
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1]
  const shape = /'shape':\s*\(([\d,\sL]*)\)/.exec(text)?.[1]
  if (descr === null || order === undefined || shape === undefined) {
    throw badFormat(
      `${name}: expected a header with descr, fortran_order and shape, got ${JSON.stringify(text.slice(0, 80).trim())}.`,
      'The file is damaged: write it again with numpy.save or numpy.savez.',
    )
  }
  return {
    ...numberType(descr[1] ?? 'a record', name),
    fortranOrder: order === 'True',
    extents: shape.split(',').flatMap((extent) => (extent.trim() === '' ? [] : [Number.parseInt(extent, 10)])),
    length,
  }
}

function numberType(descr: string, name: string): Pick<NpyHeader, 'type' | 'littleEndian'> {
  const code = descr.slice(1)
  if (TYPES.has(code)) {
    const kind = code[0] as NumberType['kind']
    return { type: { kind, bytes: Number(code.slice(1)) }, littleEndian: descr[0] !== '>' }
  }
  if (code.startsWith('O')) {
    throw badFormat(
      `${name} holds Python objects (dtype object), for example lists of different lengths; expected numbers.`,
      'Save numbers, as many in each row: rows as lists of words become a table with a column a word, or a file for libsvm().',
    )
  }
  throw badFormat(
    `${name} holds numbers of the type ${descr}; expected booleans, integers of 8 to 64 bits, float32 or float64.`,
    "Convert it before it is saved: array.astype('float32'); texts to the numbers of their classes.",
  )
}

export function cutShort(name: string, more = 'it ends within its header'): TunerError {
  return badFormat(`${name}: ${more}.`, 'It is damaged or cut short: write, fetch or copy it again.')
}

function badFormat(message: string, hint: string): TunerError {
  return new TunerError('data/bad-format', message, { hint })
}
