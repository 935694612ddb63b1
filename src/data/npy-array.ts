import { sizeOf } from './dataset.ts'
import { cutShort, type NpyHeader, type NumberType, readNpyHeader } from './npy-header.ts'

/** An array as NumPy saved it, in shared memory and in C order: the last index varies fastest. */
export interface NpyArray {
  readonly type: NumberType
  /** Bytes for uint8 and booleans, float32 for all else. */
  readonly data: Float32Array<SharedArrayBuffer> | Uint8Array<SharedArrayBuffer>
  /** Rows first. */
  readonly extents: readonly number[]
}

/** Reads the bytes of an .npy file. Throws `data/bad-format`; `name` is for messages. */
export function readNpyArray(bytes: Buffer, name: string): NpyArray {
  const header = readNpyHeader(bytes, name)
  const { type, extents } = header
  const count = sizeOf(extents)
  const expected = count * type.bytes
  const body = bytes.subarray(header.length)
  if (body.length !== expected) {
    throw cutShort(
      name,
      `expected ${expected} bytes for the shape (${extents.join(', ')}) of ${type.bytes} bytes a number, got ${body.length}`,
    )
  }
  const asBytes = type.bytes === 1 && type.kind !== 'i'
  const data = asBytes
    ? new Uint8Array(new SharedArrayBuffer(count))
    : new Float32Array(new SharedArrayBuffer(count * Float32Array.BYTES_PER_ELEMENT))
  const read = reader(body, header)
  if (asBytes && !header.fortranOrder) data.set(body)
  else if (header.fortranOrder) readFortran(data, extents, read)
  else for (let i = 0; i < count; i++) data[i] = read(i)
  return { type, data, extents }
}

type Read = (index: number) => number

/** Reads the number of an index; 64-bit integers as the nearest float. */
function reader(body: Buffer, { type: { kind, bytes }, littleEndian }: NpyHeader): Read {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const reads: Readonly<Record<string, Read>> = {
    i1: (i) => view.getInt8(i),
    i2: (i) => view.getInt16(2 * i, littleEndian),
    u2: (i) => view.getUint16(2 * i, littleEndian),
    i4: (i) => view.getInt32(4 * i, littleEndian),
    u4: (i) => view.getUint32(4 * i, littleEndian),
    i8: (i) => Number(view.getBigInt64(8 * i, littleEndian)),
    u8: (i) => Number(view.getBigUint64(8 * i, littleEndian)),
    f4: (i) => view.getFloat32(4 * i, littleEndian),
    f8: (i) => view.getFloat64(8 * i, littleEndian),
  }
  return reads[`${kind}${bytes}`] ?? ((i) => view.getUint8(i))
}

function readFortran(data: NpyArray['data'], extents: readonly number[], read: Read): void {
  const strides = extents.map((_, axis) => sizeOf(extents.slice(0, axis)))
  const index = extents.map(() => 0)
  let from = 0
  for (let to = 0; to < data.length; to++) {
    data[to] = read(from)
    for (let axis = extents.length - 1; axis >= 0; axis--) {
      const stride = strides[axis] ?? 0
      const next = (index[axis] ?? 0) + 1
      from += stride
      index[axis] = next
      if (next < (extents[axis] ?? 0)) break
      from -= next * stride
      index[axis] = 0
    }
  }
}
