import { badShape } from './array-blocks.ts'
import { type DenseBlock, sharedFloats, type Task } from './dataset.ts'

/**
 * One class a row. Texts are looked up among the classes by name, numbers by index; without classes both are their own
 * names, sorted. `file` is for messages. Throws `data/bad-shape` for fewer than two classes and for a label that is none.
 */
export function classTarget<T extends string | number>(
  labels: ArrayLike<T>,
  classes: readonly string[] | undefined,
  file?: string,
): { readonly task: Task; readonly block: DenseBlock } {
  const distinct = [...new Set(Array.from(labels))].sort((a, b) => (a < b ? -1 : 1))
  const names = classes ?? distinct.map(String)
  const known: readonly (string | number)[] =
    classes === undefined ? distinct : typeof labels[0] === 'number' ? classes.map((_, index) => index) : classes
  if (known.length < 2) {
    const where = file === undefined ? '' : `${file}: `
    throw badShape(`${where}A classification needs at least two classes, got ${known.length} (${names}).`)
  }
  const indexOf = new Map(known.map((label, index) => [label, index]))
  const data = sharedFloats(labels.length)
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] as T
    const index = indexOf.get(label)
    if (index === undefined) {
      const target = file === undefined ? 'Target' : `${file}, target`
      throw badShape(`${target} of row ${row}: expected one of ${known.join(', ')}, got ${label}.`)
    }
    data[row] = index
  }
  return { task: { kind: 'classification', classes: names }, block: { kind: 'dense', data, shape: [1] } }
}
