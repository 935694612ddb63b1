import type { Block } from './arena.ts'

/**
 * What flows between layers, and how it lies in the arena. This page is the agreement that all layers and kernels keep.
 *
 * A tensor is a matrix of lines: a batch of rows of shape [h, w, c] has rows * h * w lines of c numbers (`width`),
 * `lanes` floats apart. So the last extent lies together (NHWC), and a row of shape [units] is one line.
 * - Padding is 0, always: who writes a line writes zeros from `width` to `lanes`, in values and in gradients.
 * - What a layer computes has `lanes` = `width` rounded up to 8. Data of rank 2 and more (images, sequences) lies packed,
 *   `lanes` = `width`, also behind layers that only look at it differently (flatten). Layers whose kernels want whole
 *   vectors ask for `site.laned(x)`.
 * - A batch is padded with rows to a multiple of 4, and kernels compute `padded` rows, so every count of floats is a
 *   multiple of 4. Padding rows hold any finite values, but their gradients are 0: losses write these zeros, and each
 *   backward kernel keeps them, as a product with 0 does. Only what mixes rows (batch statistics, losses, metrics) must
 *   look at `rows`.
 */
export interface Tensor {
  readonly name: string
  /** Of one row, without the batch. */
  readonly shape: readonly number[]
  /** Lines of one row. */
  readonly lines: number
  /** Numbers of a line: the last extent. */
  readonly width: number
  /** Floats from one line to the next. */
  readonly lanes: number
  readonly value: Block
  /** Where the gradient of the loss by this tensor arrives; absent where nothing below it learns. */
  readonly gradient: Block | undefined
  /** Present instead of values for sparse rows: entries of the batch, compressed by rows. */
  readonly sparse?: SparseRows
}

/** Entries of the rows of a batch: row r owns starts[r] .. starts[r + 1] - 1; `values` is absent where all are 1. */
export interface SparseRows {
  readonly starts: Block
  readonly columns: Block
  readonly values: Block | undefined
}

export function roundUp(count: number, multiple: number): number {
  return Math.ceil(count / multiple) * multiple
}

/** Lines, width and lanes of a shape; the layout of what layers compute, or packed. */
export function layoutOf(shape: readonly number[], packed = false): Pick<Tensor, 'lines' | 'width' | 'lanes'> {
  const width = shape.at(-1) ?? 1
  const lines = shape.slice(0, -1).reduce((product, extent) => product * extent, 1)
  return { lines, width, lanes: packed ? width : roundUp(width, 8) }
}

/** Floats of one row, padding included. */
export function floatsOf(tensor: Pick<Tensor, 'lines' | 'lanes'>): number {
  return tensor.lines * tensor.lanes
}
