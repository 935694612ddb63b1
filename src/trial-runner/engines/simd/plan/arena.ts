import { TunerError } from '../../../../core/errors.ts'

/**
 * Floats in the arena. It is needed from time `from` to time `to` of a training step; `at` is its offset in bytes, known
 * once the arena has placed it. Kernels read `at` as they are called.
 */
export class Block {
  readonly name: string
  /** May shrink until the arena has placed it. */
  floats: number
  from = Number.POSITIVE_INFINITY
  to = Number.NEGATIVE_INFINITY
  at = 0

  constructor(name: string, floats: number) {
    this.name = name
    this.floats = floats
  }

  /** Extends its life to include `time`. */
  touch(time: number): this {
    this.from = Math.min(this.from, time)
    this.to = Math.max(this.to, time)
    return this
  }

  /** Lives as long as the plan: inputs, weights, slots. */
  keep(): this {
    this.from = Number.NEGATIVE_INFINITY
    this.to = Number.POSITIVE_INFINITY
    return this
  }

  get bytes(): number {
    return this.floats * Float32Array.BYTES_PER_ELEMENT
  }
}

const PAGE = 65_536
const LARGEST = 65_536 * PAGE
const START = 1024

/** Cache lines keep kernels from sharing them; a guarded arena puts one more line between two blocks. */
const LINE = 64
const GUARD = 0x7fa5a5a5

function aligned(bytes: number): number {
  return Math.ceil(bytes / LINE) * LINE
}

/** The one memory of an engine. Blocks whose lives do not meet share it. */
export class Arena {
  readonly memory = new WebAssembly.Memory({ initial: 1, maximum: LARGEST / PAGE })
  floats = new Float32Array(this.memory.buffer)
  words = new Uint32Array(this.memory.buffer)
  bytes = new Uint8Array(this.memory.buffer)
  readonly #guarded: boolean
  #placed: readonly Block[] = []

  /** `guarded`: put guard values between blocks, which {@link damaged} looks at. */
  constructor(guarded = false) {
    this.#guarded = guarded
  }

  /** Gives every block its place, the long-lived first, and clears the memory. Throws `engine/too-large`. */
  place(blocks: readonly Block[]): number {
    const order = blocks.filter((block) => block.from <= block.to).sort((a, b) => a.from - b.from || b.to - a.to)
    const placed: Block[] = []
    let end = START
    for (const block of order) {
      block.at = this.#gap(block, placed)
      placed.push(block)
      end = Math.max(end, block.at + this.#extent(block))
    }
    this.#grow(end, order)
    this.bytes.fill(0, 0, end)
    this.#placed = placed
    if (this.#guarded) for (const block of placed) this.words.fill(GUARD, ...this.#guardOf(block))
    return end
  }

  /** Blocks behind which something wrote although nothing should. Only in a guarded arena. */
  damaged(): readonly Block[] {
    return this.#placed.filter((block) => this.words.subarray(...this.#guardOf(block)).some((word) => word !== GUARD))
  }

  #guardOf(block: Block): [from: number, to: number] {
    const from = aligned(block.at + block.bytes) / 4
    return [from, from + LINE / 4]
  }

  #extent(block: Block): number {
    return aligned(block.bytes) + (this.#guarded ? LINE : 0)
  }

  /** The lowest place where the block meets none of those alive with it; a guarded arena shares nothing. */
  #gap(block: Block, placed: readonly Block[]): number {
    const rivals = placed
      .filter((other) => this.#guarded || (other.from <= block.to && block.from <= other.to))
      .sort((a, b) => a.at - b.at)
    let at = START
    for (const rival of rivals) {
      if (rival.at - at >= this.#extent(block)) break
      at = Math.max(at, rival.at + this.#extent(rival))
    }
    return at
  }

  #grow(end: number, blocks: readonly Block[]): void {
    const missing = end - this.memory.buffer.byteLength
    if (missing > 0) {
      try {
        if (end > LARGEST) throw new RangeError(`${end} bytes are more than ${LARGEST}`)
        this.memory.grow(Math.ceil(missing / PAGE))
      } catch (cause) {
        const largest = blocks.reduce((a, b) => (b.floats > a.floats ? b : a))
        const megabytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MB`
        throw new TunerError(
          'engine/too-large',
          `Training needs ${megabytes(end)} of memory in one piece, ${megabytes(largest.bytes)} of it for ${largest.name}; ` +
            `at most ${megabytes(LARGEST)} can be had.`,
          { hint: 'Make the model or the batch smaller.', cause },
        )
      }
    }
    this.floats = new Float32Array(this.memory.buffer)
    this.words = new Uint32Array(this.memory.buffer)
    this.bytes = new Uint8Array(this.memory.buffer)
  }
}
