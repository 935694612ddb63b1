const LINES = 40
const BYTES = 4096
const HEADER = Int32Array.BYTES_PER_ELEMENT

/** The last lines that a worker printed, in shared memory: they are there however the worker ended. */
export class WorkerLog {
  readonly memory: SharedArrayBuffer
  readonly #written: Int32Array
  readonly #ring: Uint8Array

  constructor(memory = new SharedArrayBuffer(HEADER + BYTES)) {
    this.memory = memory
    this.#written = new Int32Array(memory, 0, 1)
    this.#ring = new Uint8Array(memory, HEADER, BYTES)
  }

  append(printed: Uint8Array | string): void {
    const all = typeof printed === 'string' ? Buffer.from(printed) : printed
    const kept = all.subarray(Math.max(0, all.length - BYTES))
    const from = (Atomics.load(this.#written, 0) + all.length - kept.length) % BYTES
    const first = kept.subarray(0, BYTES - from)
    this.#ring.set(first, from)
    this.#ring.set(kept.subarray(first.length), 0)
    // Twice the ring stands for all that is longer, so that the count cannot run over.
    const written = Atomics.load(this.#written, 0) + all.length
    Atomics.store(this.#written, 0, written < 2 * BYTES ? written : BYTES + (written % BYTES))
  }

  /** At most 40 whole lines and 4 KB; empty where nothing was printed. */
  tail(): string {
    const written = Atomics.load(this.#written, 0)
    const end = written % BYTES
    const bytes =
      written <= BYTES
        ? Buffer.from(this.#ring.slice(0, written))
        : Buffer.concat([this.#ring.slice(end), this.#ring.slice(0, end)])
    const lines = bytes.toString().trimEnd().split('\n')
    if (written > BYTES && lines.length > 1) lines.shift()
    return lines.slice(-LINES).join('\n')
  }
}
