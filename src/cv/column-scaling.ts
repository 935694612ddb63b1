import { TunerError } from '../core/errors.ts'
import { type Block, type Dataset, type DenseBlock, sharedFloats, sizeOf } from '../data/dataset.ts'
import type { Fitted, Preprocessor } from './preprocessor.ts'

/** x -> (x - subtract) / divideBy for each column of a row; in float64. */
export interface ColumnScaling {
  readonly subtract: Float64Array
  /** Never 0. */
  readonly divideBy: Float64Array
}

/** Learns from the given rows of row-major `data`. */
export type LearnColumns = (data: Float32Array, width: number, rows: Int32Array) => ColumnScaling

/**
 * A preprocessor that scales every column of every dense float input by what `learn` returns. Bytes and sparse inputs
 * pass unchanged: bytes have a scale of their own, and shifting sparse rows would fill them.
 */
export function columnScaler(name: string, learn: LearnColumns): Preprocessor {
  return {
    name,
    fit({ inputs }, rows) {
      if (rows.length === 0) throw new TunerError('cv/too-few-rows', `${name} needs at least one row to learn from.`)
      if (!inputs.some(isFloats)) {
        throw new TunerError('data/bad-shape', `${name} found nothing to scale: no input holds dense floats.`, {
          hint: 'Leave it out: bytes are scaled as they are read, sparse rows are zeros and ones.',
        })
      }
      const learned = inputs.map((block) => (isFloats(block) ? learn(block.data, sizeOf(block.shape), rows) : null))
      return new FittedScaling(name, learned)
    },
  }
}

/** Scalings as they are kept: the numbers of every column, in its order; null for an input that passes unchanged. */
export type ScalingJson = {
  readonly name: string
  readonly inputs: readonly ({ readonly subtract: readonly number[]; readonly divideBy: readonly number[] } | null)[]
}

/** A scaling for every input; null where one passes unchanged. */
export class FittedScaling implements Fitted {
  readonly #name: string
  readonly #inputs: readonly (ColumnScaling | null)[]

  constructor(name: string, inputs: readonly (ColumnScaling | null)[]) {
    this.#name = name
    this.#inputs = inputs
  }

  static fromJSON({ name, inputs }: ScalingJson): FittedScaling {
    const floats = (values: readonly number[]) => Float64Array.from(values)
    const scalings = inputs.map((input) => input && floatsOf(input, floats))
    return new FittedScaling(name, scalings)
  }

  transform(dataset: Dataset): Dataset {
    const [first, ...others] = dataset.inputs
    return { ...dataset, inputs: [this.#scaled(first, 0), ...others.map((block, i) => this.#scaled(block, i + 1))] }
  }

  toJSON(): ScalingJson {
    return { name: this.#name, inputs: this.#inputs.map((input) => input && floatsOf(input, (values) => [...values])) }
  }

  /** Throws `data/bad-shape` for rows of another shape than those that were learned from. */
  #scaled(block: Block, input: number): Block {
    const scaling = this.#inputs[input]
    if (!scaling) return block
    const [width, columns] = [sizeOf(block.shape), scaling.subtract.length]
    if (isFloats(block) && width === columns) {
      return { kind: 'dense', data: applied(block.data, scaling), shape: block.shape }
    }
    const found = isFloats(block) ? `${width}` : 'none'
    throw new TunerError(
      'data/bad-shape',
      `Input ${input + 1}: ${this.#name} was fitted to rows of ${columns} floats, got ${found}.`,
      { hint: 'Give the columns that the model was trained on, in their order.' },
    )
  }
}

function floatsOf<T, R>({ subtract, divideBy }: { subtract: T; divideBy: T }, convert: (values: T) => R) {
  return { subtract: convert(subtract), divideBy: convert(divideBy) }
}

function isFloats(block: Block): block is DenseBlock & { readonly data: Float32Array<SharedArrayBuffer> } {
  return block.kind === 'dense' && block.data instanceof Float32Array
}

function applied(data: Float32Array, { subtract, divideBy }: ColumnScaling): Float32Array<SharedArrayBuffer> {
  const width = subtract.length
  const result = sharedFloats(data.length)
  for (let from = 0; from < data.length; from += width) {
    for (let column = 0; column < width; column++) {
      result[from + column] = ((data[from + column] ?? 0) - (subtract[column] ?? 0)) / (divideBy[column] ?? 1)
    }
  }
  return result
}
