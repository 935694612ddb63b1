type SharedArray = Uint8Array | Uint16Array | Uint32Array | Float32Array

interface Kind {
  readonly BYTES_PER_ELEMENT: number
  new (memory: SharedArrayBuffer): SharedArray
}

const KINDS: Readonly<Record<string, Kind>> = { Uint8Array, Uint16Array, Uint32Array, Float32Array }

interface Placeholder {
  /** Name of its class. */
  readonly sharedArray: string
  readonly length: number
}

/** Plain data with its arrays in shared memory taken out of it: these do not cross to another process by themselves. */
export interface Taken {
  readonly plain: unknown
  /** In the order in which {@link putBack} wants them. */
  readonly arrays: readonly Uint8Array[]
}

export function takeOut(value: unknown): Taken {
  const arrays: Uint8Array[] = []
  const plain = mapped(value, (array) => {
    arrays.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    return { sharedArray: array.constructor.name, length: array.length } satisfies Placeholder
  })
  return { plain, arrays }
}

/** The inverse: `fill` is called with the memory of one array after the other. */
export function putBack(plain: unknown, fill: (memory: Uint8Array) => void): unknown {
  if (typeof plain !== 'object' || plain === null || ArrayBuffer.isView(plain)) return plain
  if ('sharedArray' in plain) {
    const { sharedArray, length } = plain as Placeholder
    const Kind = KINDS[sharedArray]
    if (Kind === undefined) throw new TypeError(`Data in shared memory cannot be a ${sharedArray}.`)
    const memory = new SharedArrayBuffer(length * Kind.BYTES_PER_ELEMENT)
    fill(new Uint8Array(memory))
    return new Kind(memory)
  }
  if (Array.isArray(plain)) return plain.map((entry) => putBack(entry, fill))
  return Object.fromEntries(Object.entries(plain).map(([key, entry]) => [key, putBack(entry, fill)]))
}

function mapped(value: unknown, take: (array: SharedArray) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (ArrayBuffer.isView(value)) {
    return value.buffer instanceof SharedArrayBuffer ? take(value as unknown as SharedArray) : value
  }
  if (Array.isArray(value)) return value.map((entry) => mapped(entry, take))
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, mapped(entry, take)]))
}
