import { type SparseBlock, sharedFloats } from './dataset.ts'

/** Collects rows of which most entries are 0; becomes a {@link SparseBlock}. */
export class SparseRows {
  readonly #ends: number[] = [0]
  #columns = new Uint32Array(1024)
  #values = new Float32Array(1024)
  #entries = 0
  #allOnes = true
  /** The least column that was named and one past the largest, or infinite and 0 where none was. */
  least = Number.POSITIVE_INFINITY
  width = 0

  get rows(): number {
    return this.#ends.length - 1
  }

  /** Adds an entry to the row under way; columns of a row come in increasing order. A 0 only counts for the width. */
  add(column: number, value: number): void {
    if (column < this.least) this.least = column
    if (column >= this.width) this.width = column + 1
    if (value === 0) return
    if (this.#entries === this.#columns.length) this.#grow()
    this.#columns[this.#entries] = column
    this.#values[this.#entries++] = value
    if (value !== 1) this.#allOnes = false
  }

  endRow(): void {
    this.#ends.push(this.#entries)
  }

  /** The rows in shared memory: columns `first` .. `first + width - 1`, counted from 0, further ones left out. */
  toBlock(first: number, width: number): SparseBlock {
    const starts = new Uint32Array(new SharedArrayBuffer(this.#ends.length * Uint32Array.BYTES_PER_ELEMENT))
    let kept = 0
    for (const [row, end] of this.#ends.entries()) {
      for (let entry = this.#ends[row - 1] ?? 0; entry < end; entry++) {
        if ((this.#columns[entry] as number) - first < width) kept++
      }
      starts[row] = kept
    }
    const columns =
      width <= 2 ** 16
        ? new Uint16Array(new SharedArrayBuffer(kept * Uint16Array.BYTES_PER_ELEMENT))
        : new Uint32Array(new SharedArrayBuffer(kept * Uint32Array.BYTES_PER_ELEMENT))
    const values = this.#allOnes ? undefined : sharedFloats(kept)
    let at = 0
    for (let entry = 0; entry < this.#entries; entry++) {
      const column = (this.#columns[entry] as number) - first
      if (column >= width) continue
      columns[at] = column
      if (values !== undefined) values[at] = this.#values[entry] as number
      at++
    }
    return { kind: 'sparse', starts, columns, shape: [width], ...(values === undefined ? {} : { values }) }
  }

  #grow(): void {
    const columns = new Uint32Array(2 * this.#columns.length)
    columns.set(this.#columns)
    this.#columns = columns
    const values = new Float32Array(columns.length)
    values.set(this.#values)
    this.#values = values
  }
}
