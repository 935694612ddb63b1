import { TunerError } from '../core/errors.ts'
import { type Block, type Dataset, type DenseBlock, sharedFloats, sizeOf } from '../data/dataset.ts'
import type { Preprocessor } from './preprocessor.ts'

/** x -> (x - shift) / divisor for each column of a row; in float64. */
export interface ColumnScaling {
  readonly shift: Float64Array
  /** Never 0. */
  readonly divisor: Float64Array
}

/** Learns from the given rows of row-major `data`. */
export type LearnColumns = (data: Float32Array, width: number, rows: Int32Array) => ColumnScaling

/**
 * A preprocessor that scales every column of every dense float input by what `learn` returns. Bytes and sparse inputs
 * pass unchanged: bytes have a scale of their own, and shifting sparse rows would fill them.
 */
export function columnScaler(name: string, learn: LearnColumns): Preprocessor {
  const scaled = (block: Block, rows: Int32Array): Block => {
    if (!isFloats(block)) return block
    const width = sizeOf(block.shape)
    return { kind: 'dense', data: applied(block.data, learn(block.data, width, rows)), shape: block.shape }
  }
  return {
    name,
    fitTransform(dataset: Dataset, rows: Int32Array): Dataset {
      if (rows.length === 0) throw new TunerError('cv/too-few-rows', `${name} needs at least one row to learn from.`)
      if (!dataset.inputs.some(isFloats)) {
        throw new TunerError('data/bad-shape', `${name} found nothing to scale: no input holds dense floats.`, {
          hint: 'Leave it out: bytes are scaled as they are read, sparse rows are zeros and ones.',
        })
      }
      const [first, ...others] = dataset.inputs
      return { ...dataset, inputs: [scaled(first, rows), ...others.map((block) => scaled(block, rows))] }
    },
  }
}

function isFloats(block: Block): block is DenseBlock & { readonly data: Float32Array<SharedArrayBuffer> } {
  return block.kind === 'dense' && block.data instanceof Float32Array
}

function applied(data: Float32Array, { shift, divisor }: ColumnScaling): Float32Array<SharedArrayBuffer> {
  const width = shift.length
  const result = sharedFloats(data.length)
  for (let from = 0; from < data.length; from += width) {
    for (let column = 0; column < width; column++) {
      result[from + column] = ((data[from + column] ?? 0) - (shift[column] ?? 0)) / (divisor[column] ?? 1)
    }
  }
  return result
}
