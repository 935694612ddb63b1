import { badShape } from './array-blocks.ts'
import { type Dataset, sharedFloats, sizeOf } from './dataset.ts'
import { type NpyArray, readNpyArray } from './npy-array.ts'
import { type NamedArray, type NpyOptions, npyDataset } from './npy-dataset.ts'
import { readDataFile, requirePath } from './read-file.ts'

/** Files of one array each; paths are relative to the working directory. */
export interface NpyFiles extends NpyOptions {
  /** A file, or one for each input of the model. */
  readonly inputs: string | readonly string[]
  /** A file, or one for each output of the model. */
  readonly targets: string | readonly string[]
}

export interface NpyTableOptions extends Omit<NpyOptions, 'shape'> {
  /** The column to predict, counted from 0, or from the end where it is negative, as in NumPy. Default -1, the last one. */
  readonly target?: number
}

/**
 * A dataset from files of NumPy (.npy), as `numpy.save` writes them: inputs and targets in a file each. Numbers
 * are read as {@link npz} reads them.
 *
 * @throws TunerError `data/file-missing`, `data/bad-format`, `data/column-missing`, `data/bad-shape`, `data/bad-cell`,
 * `data/no-rows`.
 */
export function npy(files: NpyFiles): Promise<Dataset>
/**
 * The same from one table: a column is the target, the others are the input.
 *
 * @param path Relative to the working directory. Undefined is an error that says how to name a file.
 */
export function npy(path: string | undefined, options?: NpyTableOptions): Promise<Dataset>
export async function npy(source: NpyFiles | string | undefined, options: NpyTableOptions = {}): Promise<Dataset> {
  if (typeof source !== 'object') return table(source, options)
  const [inputs, targets] = await Promise.all([readAll(source.inputs), readAll(source.targets)])
  return npyDataset(
    inputs,
    targets,
    source,
    [...inputs, ...targets].map(({ file }) => file),
  )
}

type ReadArray = NamedArray & { readonly file: string }

function readAll(paths: string | readonly string[]): Promise<ReadArray[]> {
  return Promise.all([paths].flat().map(read))
}

async function read(path: string): Promise<ReadArray> {
  const { file, bytes } = await readDataFile(path)
  return { name: path, array: readNpyArray(bytes, path), file }
}

async function table(path: string | undefined, options: NpyTableOptions): Promise<Dataset> {
  requirePath(path, 'a NumPy file (.npy)')
  const { name, array, file } = await read(path)
  const { extents } = array
  const width = extents[1] ?? 0
  if (extents.length !== 2 || width < 2) {
    throw badShape(`${name}: expected a table of at least two columns, got the shape (${extents.join(', ')}).`)
  }
  const { target = -1 } = options
  const column = target < 0 ? width + target : target
  if (!(Number.isInteger(column) && column >= 0 && column < width)) {
    throw badShape(`${name}: expected a target column from ${-width} to ${width - 1}, got ${target}.`)
  }
  const inputs = columns(array, (other) => other !== column)
  const targets = columns(array, (other) => other === column)
  return npyDataset([{ name, array: inputs }], [{ name, array: targets }], options, [file])
}

function columns({ type, data, extents }: NpyArray, wanted: (column: number) => boolean): NpyArray {
  const [rows = 0, width = 0] = extents
  const kept = Array.from({ length: width }, (_, column) => column).filter(wanted)
  const shape = [rows, kept.length]
  const length = sizeOf(shape)
  const picked = data instanceof Uint8Array ? new Uint8Array(new SharedArrayBuffer(length)) : sharedFloats(length)
  for (let row = 0; row < rows; row++) {
    for (const [i, column] of kept.entries()) picked[row * kept.length + i] = data[row * width + column] ?? 0
  }
  return { type, data: picked, extents: shape }
}
