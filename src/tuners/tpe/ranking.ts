/** Numbered values in ascending order, of equals the lower number first; NaN has no place. */
export class Ranking {
  #values = new Float64Array(64)
  #numbers = new Uint32Array(64)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** By rank; longer than `length`. */
  get values(): Float64Array {
    return this.#values
  }

  /** Whose value it is, by rank. */
  get numbers(): Uint32Array {
    return this.#numbers
  }

  add(number: number, value: number): void {
    if (Number.isNaN(value)) return
    if (this.#length === this.#values.length) this.#grow()
    const rank = this.#rankOf(number, value)
    this.#values.copyWithin(rank + 1, rank, this.#length)
    this.#numbers.copyWithin(rank + 1, rank, this.#length)
    this.#values[rank] = value
    this.#numbers[rank] = number
    this.#length++
  }

  /** Takes out what was added. */
  remove(number: number, value: number): void {
    if (Number.isNaN(value)) return
    const rank = this.#rankOf(number, value)
    this.#values.copyWithin(rank, rank + 1, this.#length)
    this.#numbers.copyWithin(rank, rank + 1, this.#length)
    this.#length--
  }

  #rankOf(number: number, value: number): number {
    let low = 0
    let high = this.#length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = this.#values[middle] as number
      if (other < value || (other === value && (this.#numbers[middle] as number) < number)) low = middle + 1
      else high = middle
    }
    return low
  }

  #grow(): void {
    const values = new Float64Array(2 * this.#length)
    values.set(this.#values)
    this.#values = values
    const numbers = new Uint32Array(2 * this.#length)
    numbers.set(this.#numbers)
    this.#numbers = numbers
  }
}
