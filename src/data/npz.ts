import { crc32 } from 'node:zlib'
import { type Unzipped, unzipSync } from 'fflate'
import { TunerError } from '../core/errors.ts'
import { nearest } from '../core/nearest.ts'
import type { Dataset } from './dataset.ts'
import { readNpyArray } from './npy-array.ts'
import { type NpyOptions, npyDataset } from './npy-dataset.ts'
import { readDataFile, requirePath } from './read-file.ts'
import { zipChecksums } from './zip-checksums.ts'

export interface NpzOptions extends NpyOptions {
  /** The array of the inputs, `x_train` in Keras's files; or one for each input of the model. */
  readonly inputs: string | readonly string[]
  /** The array of the targets, `y_train` in Keras's files; or one for each output of the model. */
  readonly targets: string | readonly string[]
}

const SUFFIX = '.npy'

/**
 * A dataset from arrays in an archive of NumPy (.npz), as `numpy.savez` and `numpy.savez_compressed` write it: booleans,
 * integers of 8 to 64 bits, float32 and float64, big and little endian, in C and Fortran order. Bytes and booleans stay
 * bytes, all else becomes float32. A row is an entry of the first axis.
 *
 * @param path Relative to the working directory. Undefined is an error that says how to name a file.
 * @throws TunerError `data/file-missing`, `data/bad-format` (no archive, damaged, arrays of objects or texts),
 * `data/column-missing` for a name that is not in the archive, `data/bad-shape` where rows or classes do not fit,
 * `data/bad-cell` for NaN and infinities, `data/no-rows`.
 */
export async function npz(path: string | undefined, options: NpzOptions): Promise<Dataset> {
  requirePath(path, 'a NumPy archive (.npz)')
  const [inputs = [], targets = []] = [options.inputs, options.targets].map((names) => [names].flat())
  const { file, bytes } = await readDataFile(path)
  const found = unpack(bytes, new Set([...inputs, ...targets]), path)
  const named = (array: string) => {
    const name = `${path}, array "${array}"`
    return { name, array: readNpyArray(arrayIn(found, array, path), name) }
  }
  return npyDataset(inputs.map(named), targets.map(named), options, [file])
}

interface Archive {
  readonly names: readonly string[]
  readonly arrays: Unzipped
}

/** Unpacks the wanted arrays, and the names of all. */
function unpack(bytes: Buffer, wanted: ReadonlySet<string>, path: string): Archive {
  try {
    const names: string[] = []
    const filter = ({ name }: { readonly name: string }): boolean => {
      names.push(nameOf(name))
      return wanted.has(nameOf(name))
    }
    const arrays = unzipSync(bytes, { filter })
    const checksums = zipChecksums(bytes)
    for (const [entry, unpacked] of Object.entries(arrays)) {
      if (crc32(unpacked) !== checksums.get(entry)) throw new Error(`the checksum of ${entry} is wrong`)
    }
    return { names, arrays }
  } catch (error) {
    const isArray = bytes.toString('latin1', 1, 6) === 'NUMPY'
    const problem = isArray
      ? 'is a single array'
      : `cannot be unpacked: ${error instanceof Error ? error.message : error}`
    throw new TunerError('data/bad-format', `${path} ${problem}; expected a NumPy archive (.npz).`, {
      hint: isArray
        ? 'Read it with npy({ inputs, targets }), or npy(path) for a table with its target in it.'
        : 'Write it with numpy.savez; if it was fetched or copied, it may be damaged or cut short.',
      cause: error,
    })
  }
}

function arrayIn({ names, arrays }: Archive, name: string, path: string): Buffer {
  const bytes = arrays[`${name}${SUFFIX}`] ?? arrays[name]
  if (bytes !== undefined) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const near = nearest(name, names)
  throw new TunerError('data/column-missing', `${path} has no array "${name}"; it has ${names.join(', ') || 'none'}.`, {
    hint: near === undefined ? 'Name some of them as inputs and targets.' : `Did you mean "${near}"?`,
  })
}

function nameOf(entry: string): string {
  return entry.endsWith(SUFFIX) ? entry.slice(0, -SUFFIX.length) : entry
}
