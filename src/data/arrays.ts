import { badShape, partsOf, type Rows, rowsOf, type ShapedArray, type Table, toBlock } from './array-blocks.ts'
import { classTarget } from './class-target.ts'
import { type Dataset, type DenseBlock, sizeOf, type Task } from './dataset.ts'

type ClassNames = readonly string[] | readonly boolean[]

export interface ArraysOptions {
  /** One input, or a list of tables or shaped arrays: one for each input of the model. */
  readonly inputs: Rows | readonly (Table | ShapedArray)[]
  /** Numbers, or one class (a text or a boolean) a row; a list of shaped arrays for several outputs. */
  readonly targets: Rows | readonly ShapedArray[] | ClassNames
  /** Default: classification for texts, for booleans and where `classes` is given, otherwise regression. */
  readonly task?: Task['kind']
  /** Names of the classes; numeric targets are then indices into it. Default: the distinct targets, sorted. */
  readonly classes?: readonly string[]
  /** Names of the columns of the first input. */
  readonly columns?: readonly string[]
}

/**
 * A dataset from arrays in memory, which are copied once, into shared memory.
 *
 * @throws TunerError `data/bad-shape` where lengths, shapes or classes do not fit, `data/bad-cell` for NaN and
 * infinities, `data/no-rows`.
 */
export function arrays(options: ArraysOptions): Dataset {
  const { columns } = options
  const inputs = partsOf(options.inputs).map((rows, i) => ({
    name: `input ${i + 1}`,
    block: toBlock(rows, `input ${i + 1}`),
  }))
  const { task, targets } = encodeTargets(options)
  const [input, ...otherInputs] = inputs.map(({ block }) => block)
  const [target, ...otherTargets] = targets
  if (input === undefined || target === undefined) throw badShape('Expected at least one input and one target.')
  const rows = rowsOf(input)
  const all = [...inputs, ...targets.map((block, i) => ({ name: `target ${i + 1}`, block }))]
  for (const { name, block } of all) {
    if (rowsOf(block) === rows) continue
    throw badShape(`Expected ${rows} rows in ${name} as in input 1, got ${rowsOf(block)}.`)
  }
  if (columns !== undefined && columns.length !== sizeOf(input.shape)) {
    throw badShape(`Expected ${sizeOf(input.shape)} names for the columns of input 1, got ${columns.length}.`)
  }
  return {
    rows,
    inputs: [input, ...otherInputs],
    targets: [target, ...otherTargets],
    task,
    ...(columns === undefined ? {} : { columns }),
  }
}

function encodeTargets(options: ArraysOptions): { readonly task: Task; readonly targets: readonly DenseBlock[] } {
  const { targets, classes } = options
  const named = isNamed(targets)
  const kind = options.task ?? (named || classes !== undefined ? 'classification' : 'regression')
  if (named) {
    if (kind === 'regression') throw badShape(`A regression needs numbers as targets, got "${targets[0]}".`)
    return single(classTarget(targets.map(String), classes))
  }
  const blocks = partsOf(targets).map((rows, i) => toBlock(rows, `target ${i + 1}`))
  if (kind === 'regression') return { task: { kind }, targets: blocks }
  const [block, ...others] = blocks
  if (block === undefined || others.length > 0 || sizeOf(block.shape) !== 1) {
    throw badShape('A classification needs one class number, or one class name, a row as its target.')
  }
  return single(classTarget(block.data, classes))
}

function single({ task, block }: ReturnType<typeof classTarget>): ReturnType<typeof encodeTargets> {
  return { task, targets: [block] }
}

function isNamed(targets: ArraysOptions['targets']): targets is ClassNames {
  return Array.isArray(targets) && (typeof targets[0] === 'string' || typeof targets[0] === 'boolean')
}
