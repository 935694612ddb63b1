import { TunerError } from '../core/errors.ts'
import { badShape, checkFinite } from './array-blocks.ts'
import { classTarget } from './class-target.ts'
import { type Dataset, type DenseBlock, sizeOf, type Task } from './dataset.ts'
import type { NpyArray } from './npy-array.ts'

export interface NpyOptions {
  /**
   * By which the inputs are multiplied: 1 / 255 for images. Bytes (uint8) stay bytes and are multiplied as they are read.
   * Default 1.
   */
  readonly scale?: number
  /** Shape of one row of the input, where it is another than saved: [28, 28, 1] for a convolution of grey images. */
  readonly shape?: readonly number[]
  /** Default: classification for one integer or boolean a row and where `classes` is given, otherwise regression. */
  readonly task?: Task['kind']
  /** Names of the classes; targets are then indices into it. Default: the distinct targets, sorted. */
  readonly classes?: readonly string[]
}

/** An array, and what messages call it. */
export interface NamedArray {
  readonly name: string
  readonly array: NpyArray
}

/** Arrays of equally many rows as a dataset. Throws `data/bad-shape`, `data/bad-cell`, `data/no-rows`. */
export function npyDataset(
  inputs: readonly NamedArray[],
  targets: readonly NamedArray[],
  options: NpyOptions,
  files: readonly string[],
): Dataset {
  const [first] = inputs
  if (first === undefined || targets.length === 0) throw badShape('Expected at least one input and one target.')
  if (options.shape !== undefined && inputs.length > 1) {
    throw badShape(
      `shape is for a single input; here are ${inputs.length}. Save them in the shape that they shall have.`,
    )
  }
  const rows = rowsIn(first)
  for (const other of [...inputs, ...targets]) {
    if (rowsIn(other) === rows) continue
    throw badShape(`${other.name}: expected ${rows} rows as in ${first.name}, got ${rowsIn(other)}.`)
  }
  const [input, ...otherInputs] = inputs.map((named) => inputBlock(named, options)) as [DenseBlock, ...DenseBlock[]]
  return { rows, inputs: [input, ...otherInputs], ...targetsOf(targets, options), files }
}

function rowsIn({ name, array: { extents, data } }: NamedArray): number {
  const [rows] = extents
  if (rows === undefined) throw badShape(`${name} is a single number; expected an array with a row for each example.`)
  if (rows === 0) throw new TunerError('data/no-rows', `${name} has no rows; expected at least one.`)
  if (data.length === 0) {
    throw badShape(`${name} has the shape (${extents.join(', ')}); expected at least one number a row.`)
  }
  return rows
}

function inputBlock({ name, array }: NamedArray, { scale = 1, shape }: NpyOptions): DenseBlock {
  const block = denseBlock({ name, array })
  const size = sizeOf(block.shape)
  if (shape !== undefined && (sizeOf(shape) !== size || !shape.every((extent) => Number.isInteger(extent)))) {
    throw badShape(
      `${name}: rows of shape [${block.shape.join(', ')}] cannot take the shape [${shape.join(', ')}]; expected ${size} numbers.`,
    )
  }
  const shaped = shape === undefined ? block : { ...block, shape: [...shape] }
  if (scale === 1) return shaped
  if (block.data instanceof Uint8Array) return { ...shaped, scale }
  for (let i = 0; i < block.data.length; i++) block.data[i] = (block.data[i] ?? 0) * scale
  return shaped
}

function targetsOf(targets: readonly NamedArray[], { task, classes }: NpyOptions): Pick<Dataset, 'targets' | 'task'> {
  const blocks = targets.map(denseBlock)
  const [block, ...others] = blocks as [DenseBlock, ...DenseBlock[]]
  const [{ name, array }] = targets as [NamedArray]
  const single = others.length === 0 && sizeOf(block.shape) === 1
  const looksLikeClasses = classes !== undefined || array.type.kind !== 'f'
  const kind = task ?? (single && looksLikeClasses ? 'classification' : 'regression')
  if (kind === 'regression') return { task: { kind }, targets: [block, ...others] }
  if (!single) throw badShape(`${name}: a classification needs one class number a row as its target.`)
  const named = array.type.kind === 'b' && classes === undefined
  const target = named
    ? classTarget(
        Array.from(block.data, (value) => (value === 0 ? 'false' : 'true')),
        undefined,
        name,
      )
    : classTarget(block.data, classes, name)
  return { task: target.task, targets: [target.block] }
}

function denseBlock({ name, array: { data, extents } }: NamedArray): DenseBlock {
  const shape = extents.length === 1 ? [1] : extents.slice(1)
  if (data instanceof Float32Array) checkFinite(data, sizeOf(shape), name)
  return { kind: 'dense', data, shape }
}
