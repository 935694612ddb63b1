/** Where numbers of one block sit: memory that all workers share, never copied. */
export type BlockData = Float32Array<SharedArrayBuffer> | Uint8Array<SharedArrayBuffer>

/** Rows of equal shape, one after the other. Bytes are multiplied by `scale` as they are read (1/255 for images). */
export interface DenseBlock {
  readonly kind: 'dense'
  readonly data: BlockData
  /** Shape of one row: [13], [28, 28, 1]. */
  readonly shape: readonly number[]
  /** Default 1. */
  readonly scale?: number
}

/** Rows of which most entries are 0, in compressed-sparse-row form; an entry is 1 where `values` is absent. */
export interface SparseBlock {
  readonly kind: 'sparse'
  /** Row r owns entries starts[r] .. starts[r + 1] - 1. Length rows + 1. */
  readonly starts: Uint32Array<SharedArrayBuffer>
  /** Column of each entry, increasing within a row. */
  readonly columns: Uint32Array<SharedArrayBuffer> | Uint16Array<SharedArrayBuffer>
  readonly values?: Float32Array<SharedArrayBuffer>
  /** Shape of one row: [columns]. */
  readonly shape: readonly [number]
}

export type Block = DenseBlock | SparseBlock

/** What the target means; decides the loss that fits and how labels are fed to it. */
export type Task =
  | { readonly kind: 'regression' }
  /** Targets are class numbers 0 .. classes - 1 in one column. With two classes the model may have one output. */
  | { readonly kind: 'classification'; readonly classes: readonly string[] }

/**
 * Rows with inputs and targets in shared memory. Immutable; can be sent to a worker as it is, without copying.
 */
export interface Dataset {
  readonly rows: number
  /** One block for each input of the model. */
  readonly inputs: readonly [Block, ...Block[]]
  /** One block for each output of the model. */
  readonly targets: readonly [DenseBlock, ...DenseBlock[]]
  readonly task: Task
  /** Names of the columns of the first input, where it is a table. */
  readonly columns?: readonly string[]
  /** The files it was read from: what a resume needs besides the database. */
  readonly files?: readonly string[]
}

/** Product of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1)
}

/** Float32 numbers in shared memory. */
export function sharedFloats(length: number): Float32Array<SharedArrayBuffer> {
  return new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT))
}
