/** Where a cell stands. */
export interface CellPlace {
  /** Counted from 1, the header not among them. */
  readonly row: number
  /** Counted from 1; the last one of a row that spans several. */
  readonly line: number
  readonly text: string
}

/** Beyond this a float32 is infinite. */
const LARGEST_FLOAT32 = 3.4028234663852886e38

const MISSING = new Set(['', 'NA', '?', 'NaN'])

/** One column while a file is read: its numbers, and codes for the cells that are none. No cell is kept as an object. */
export class CsvColumn {
  readonly name: string
  /** Every cell counts as text, also "1": what a column declared categorical holds. */
  readonly #asText: boolean
  #numbers = new Float64Array(1024)
  #codes: Int32Array | undefined
  readonly #codeOf = new Map<string, number>()
  #rows = 0
  numericCells = 0
  missingCells = 0
  firstMissing: CellPlace | undefined
  firstText: CellPlace | undefined

  constructor(name: string, asText: boolean) {
    this.name = name
    this.#asText = asText
  }

  /** Whether more than half of the cells that are there are numbers. A column without any counts as numeric. */
  get isNumeric(): boolean {
    const present = this.#rows - this.missingCells
    return present === 0 ? !this.#asText : 2 * this.numericCells > present
  }

  add(text: string, line: number): void {
    const row = this.#rows++
    if (row === this.#numbers.length) this.#grow()
    const value = this.#asText ? Number.NaN : numberOf(text)
    if (!Number.isNaN(value)) {
      this.#numbers[row] = value
      this.numericCells++
      return
    }
    this.#numbers[row] = Number.NaN
    const cell = text.trim()
    if (MISSING.has(cell)) {
      this.missingCells++
      this.firstMissing ??= { row: row + 1, line, text: cell }
      return
    }
    this.firstText ??= { row: row + 1, line, text: cell }
    this.#setCode(row, cell)
  }

  /** NaN where a cell is not a number. */
  numbers(): Float64Array {
    return this.#numbers.subarray(0, this.#rows)
  }

  /** The distinct texts, sorted (by value where all are numbers), and the index of each cell's text among them. */
  categories(): { readonly names: readonly string[]; readonly codes: Int32Array } {
    const names = [...this.#textCodes().keys()]
    const allNumbers = names.every((name) => !Number.isNaN(numberOf(name)))
    names.sort(allNumbers ? (a, b) => Number(a) - Number(b) || compareTexts(a, b) : compareTexts)
    const rank = new Int32Array(names.length)
    for (const [index, name] of names.entries()) rank[this.#codeOf.get(name) ?? 0] = index
    const codes = new Int32Array(this.#rows)
    for (let row = 0; row < this.#rows; row++) codes[row] = rank[this.#codes?.[row] ?? 0] ?? 0
    return { names, codes }
  }

  /** Codes for numbers too: they join the texts in their shortest form, "1.0" as "1". */
  #textCodes(): ReadonlyMap<string, number> {
    for (let row = 0; row < this.#rows; row++) {
      const value = this.#numbers[row] ?? Number.NaN
      if (!Number.isNaN(value)) this.#setCode(row, String(value))
    }
    return this.#codeOf
  }

  #setCode(row: number, text: string): void {
    let code = this.#codeOf.get(text)
    if (code === undefined) {
      code = this.#codeOf.size
      this.#codeOf.set(text, code)
    }
    this.#codes ??= new Int32Array(this.#numbers.length)
    this.#codes[row] = code
  }

  #grow(): void {
    const numbers = new Float64Array(2 * this.#numbers.length)
    numbers.set(this.#numbers)
    this.#numbers = numbers
    if (this.#codes === undefined) return
    const codes = new Int32Array(numbers.length)
    codes.set(this.#codes)
    this.#codes = codes
  }
}

/** NaN where the text is no decimal number, or one too large for a float32. */
function numberOf(text: string): number {
  const value = Number(text)
  if (value === 0 && text.trim() === '') return Number.NaN
  if (text.charCodeAt(1) > 57 && /^0[xob]/i.test(text)) return Number.NaN
  return Math.abs(value) <= LARGEST_FLOAT32 ? value : Number.NaN
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
