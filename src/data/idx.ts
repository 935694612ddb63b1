import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { TunerError } from '../core/errors.ts'
import { badShape, toBlock } from './array-blocks.ts'
import { classTarget } from './class-target.ts'
import type { Dataset } from './dataset.ts'
import { readIdxFile } from './idx-file.ts'
import { cannotRead, requirePath } from './read-file.ts'

export interface IdxOptions {
  /** Names of the classes, by label. Default: the labels that occur, sorted: 0 to 9 for MNIST. */
  readonly classes?: readonly string[]
}

/** Two files that belong together; paths are relative to the working directory. */
export interface IdxFiles extends IdxOptions {
  /** Like train-images-idx3-ubyte.gz. */
  readonly images: string
  /** Like train-labels-idx1-ubyte.gz. */
  readonly labels: string
}

export interface IdxFolderOptions extends IdxOptions {
  /** The images for training (`train-...`) or for a last test (`t10k-...`). Default: for training, where they are there. */
  readonly part?: 'train' | 'test'
}

/** The names of a pair: train-images-idx3-ubyte.gz, t10k-labels.idx1-ubyte, emnist-letters-test-images-idx3-ubyte.gz. */
const FILE = /^(.*-)?(train|t10k|test)-(images|labels)[-.]idx\d-ubyte(\.gz)?$/

/**
 * A classification from files of the IDX format, in which MNIST, Fashion-MNIST, KMNIST and EMNIST come; gzipped or not, as
 * their first bytes say. Images of bytes stay bytes, with the scale 1/255: shape [28, 28, 1], which tf.layers.flatten()
 * makes a vector of for a dense layer. Name two files, or the folder they are in.
 *
 * @throws TunerError `data/file-missing`, `data/bad-format` for a file that is damaged or holds something else,
 * `data/bad-shape` where there are not as many labels as images, or a label is none of `classes`, `data/no-rows`.
 */
export function idx(files: IdxFiles): Promise<Dataset>
/**
 * The same from a folder, in which the pair is found by its usual names: train-images-idx3-ubyte.gz and so on.
 *
 * @param folder Relative to the working directory. Undefined is an error that says how to name a folder.
 */
export function idx(folder: string | undefined, options?: IdxFolderOptions): Promise<Dataset>
export async function idx(source: IdxFiles | string | undefined, options: IdxFolderOptions = {}): Promise<Dataset> {
  const { images, labels, classes } = typeof source === 'object' ? source : await findPair(source, options)
  const [pixels, numbers] = await Promise.all([readIdxFile(images), readIdxFile(labels)])
  const [rows = 0, ...extents] = pixels.extents
  if (extents.length === 0) throw badShape(`${images}: expected images, got one number a row; are these the labels?`)
  if (numbers.extents.length !== 1) {
    throw badShape(`${labels}: expected one label a row, got the extents [${numbers.extents.join(', ')}].`)
  }
  if (rows !== numbers.data.length) {
    throw badShape(`${labels}: expected ${rows} labels, as there are images in ${images}, got ${numbers.data.length}.`)
  }
  const shape = extents.length === 2 ? [...extents, 1] : extents
  const input = toBlock({ data: pixels.data, shape, scale: 1 / 255 }, images)
  const target = classTarget(numbers.data, classes, labels)
  return {
    rows,
    inputs: [input],
    targets: [target.block],
    task: target.task,
    files: [pixels.file, numbers.file],
  }
}

async function findPair(folder: string | undefined, { part, classes }: IdxFolderOptions): Promise<IdxFiles> {
  requirePath(folder, 'a folder with IDX files')
  const names = await readdir(folder).catch((error: unknown) => {
    throw cannotRead(`data folder ${folder}`, error, 'a folder')
  })
  const found = names.sort().flatMap((name) => {
    const [, set = '', kind, content] = FILE.exec(name) ?? []
    return kind === undefined ? [] : [{ name, set, part: kind === 'train' ? 'train' : 'test', content }]
  })
  for (const wanted of part === undefined ? ['train', 'test'] : [part]) {
    const own = found.filter((file) => file.part === wanted)
    for (const images of own.filter(({ content }) => content === 'images')) {
      const labels = own.find(({ content, set }) => content === 'labels' && set === images.set)
      if (labels === undefined) continue
      const paths = { images: join(folder, images.name), labels: join(folder, labels.name) }
      return classes === undefined ? paths : { ...paths, classes }
    }
  }
  const pair = part === 'test' ? 't10k' : 'train'
  throw new TunerError(
    'data/file-missing',
    `${folder} holds no pair like ${pair}-images-idx3-ubyte.gz and ${pair}-labels-idx1-ubyte.gz.`,
    { hint: 'Name the two files: idx({ images, labels }).' },
  )
}
