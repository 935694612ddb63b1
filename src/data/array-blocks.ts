import { TunerError } from '../core/errors.ts'
import { type DenseBlock, sharedFloats, sizeOf } from './dataset.ts'

/** Rows one after the other in one array. Bytes stay bytes; all else becomes float32. */
export interface ShapedArray {
  readonly data: ArrayLike<number>
  /** Shape of one row: [13], [28, 28, 1]. */
  readonly shape: readonly number[]
  /** By which bytes are multiplied as they are read. Default 1. */
  readonly scale?: number
}

/** One list of numbers a row. */
export type Table = readonly (readonly number[])[]

/** One number a row. */
type Column = readonly number[] | Float32Array | Float64Array | Int32Array | Uint8Array

/** Rows of one input or output. */
export type Rows = Column | Table | ShapedArray

/** The blocks that one or several {@link Rows} stand for: a list is several if it begins with a table or shaped array. */
export function partsOf(value: Rows | readonly Rows[]): readonly Rows[] {
  if (!Array.isArray(value)) return [value as Rows]
  const first: unknown = value[0]
  const several = Array.isArray(first) ? Array.isArray(first[0]) : typeof first === 'object' && first !== null
  return several ? value : [value]
}

/** The one copy, in shared memory. `name` is for messages. Throws `data/bad-shape`, `data/bad-cell`, `data/no-rows`. */
export function toBlock(rows: Rows, name: string): DenseBlock {
  return 'shape' in rows ? shapedBlock(rows, name) : tableBlock(rows, name)
}

export function rowsOf(block: DenseBlock): number {
  return block.data.length / sizeOf(block.shape)
}

export function badShape(message: string): TunerError {
  return new TunerError('data/bad-shape', message)
}

function shapedBlock({ data, shape, scale }: ShapedArray, name: string): DenseBlock {
  const extents = `[${shape.join(', ')}]`
  if (!shape.every((extent) => Number.isInteger(extent) && extent > 0)) {
    throw badShape(`${name}: the shape of one row needs whole extents of at least 1, got ${extents}.`)
  }
  const size = sizeOf(shape)
  if (data.length % size !== 0) {
    throw badShape(`${name}: ${data.length} numbers are no whole rows of shape ${extents}, ${size} numbers each.`)
  }
  requireRows(data.length, name)
  const scaled = scale === undefined ? {} : { scale }
  if (data instanceof Uint8Array || data instanceof Uint8ClampedArray) {
    const bytes = new Uint8Array(new SharedArrayBuffer(data.length))
    bytes.set(data)
    return { kind: 'dense', data: bytes, shape: [...shape], ...scaled }
  }
  const floats = sharedFloats(data.length)
  floats.set(data)
  checkFinite(floats, size, name)
  return { kind: 'dense', data: floats, shape: [...shape], ...scaled }
}

function tableBlock(rows: Column | Table, name: string): DenseBlock {
  requireRows(rows.length, name)
  const first = rows[0]
  const width = typeof first === 'number' ? 1 : (first?.length ?? 0)
  if (width === 0) throw badShape(`${name}: row 0 is empty; expected at least one number.`)
  const data = sharedFloats(rows.length * width)
  for (const [row, cells] of rows.entries()) {
    const list = typeof cells === 'number' ? [cells] : cells
    if (list.length !== width) {
      throw badShape(
        `${name}: expected rows of equal length, but row 0 has ${width} and row ${row} has ${list.length}.`,
      )
    }
    data.set(list, row * width)
  }
  checkFinite(data, width, name)
  return { kind: 'dense', data, shape: [width] }
}

function requireRows(length: number, name: string): void {
  if (length === 0) throw new TunerError('data/no-rows', `${name} has no rows; expected at least one.`)
}

/** Throws `data/bad-cell` for NaN and infinities; `name` is for messages. */
export function checkFinite(data: Float32Array, width: number, name: string): void {
  const bad = data.findIndex((value) => !Number.isFinite(value))
  if (bad < 0) return
  const place = `row ${Math.floor(bad / width)}, column ${bad % width} (from 0)`
  throw new TunerError('data/bad-cell', `${name}, ${place}: expected a finite float32, got ${data[bad]}.`, {
    hint: 'Fill in missing values or leave out their rows.',
  })
}
