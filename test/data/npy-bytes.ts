/** How a type of NumPy is written. */
export interface WrittenType {
  /** Without the order of bytes: f4. */
  readonly code: string
  readonly littleEndian: boolean
}

/** The bytes of an .npy file; `values` come in C order. */
export function npyBytes(
  shape: readonly number[],
  values: readonly number[],
  { code, littleEndian }: WrittenType = { code: 'f8', littleEndian: true },
  { fortran = false, version = 1 } = {},
): Buffer {
  const extents = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const order = code.endsWith('1') ? '|' : littleEndian ? '<' : '>'
  const descr = `{'descr': '${order}${code}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${extents}, }\n`
  const start = version === 1 ? 10 : 12
  const header = Buffer.alloc(start + descr.length)
  header.write('\x93NUMPY', 'latin1')
  header[6] = version
  if (version === 1) header.writeUInt16LE(descr.length, 8)
  else header.writeUInt32LE(descr.length, 8)
  header.write(descr, start, 'latin1')
  const size = Number(code.slice(1))
  const body = Buffer.alloc(values.length * size)
  for (const [to, from] of places(shape, fortran).entries())
    writeNumber(body, to * size, values[from] ?? 0, code, littleEndian)
  return Buffer.concat([header, body])
}

/** For each place in the file the place in C order. */
function places(shape: readonly number[], fortran: boolean): number[] {
  const all = shape.reduce<number[][]>(
    (heads, extent) => {
      return heads.flatMap((head) => Array.from({ length: extent }, (_, i) => [...head, i]))
    },
    [[]],
  )
  const rank = (index: readonly number[]) => index.reduceRight((sum, i, axis) => sum * (shape[axis] ?? 1) + i, 0)
  const order = all.map((_, i) => i)
  return fortran ? order.sort((a, b) => rank(all[a] ?? []) - rank(all[b] ?? [])) : order
}

function writeNumber(body: Buffer, at: number, value: number, code: string, littleEndian: boolean): void {
  const view = new DataView(body.buffer, body.byteOffset)
  if (code === 'f4') view.setFloat32(at, value, littleEndian)
  else if (code === 'f8') view.setFloat64(at, value, littleEndian)
  else if (code === 'i8') view.setBigInt64(at, BigInt(value), littleEndian)
  else if (code === 'i4') view.setInt32(at, value, littleEndian)
  else if (code === 'u2') view.setUint16(at, value, littleEndian)
  else view.setUint8(at, value)
}
