import { readSync, writeSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'

const HEADER = Uint32Array.BYTES_PER_ELEMENT

/** Writes a value and waits until it is on its way: also where the event loop does not turn. */
export function writeFrame(fd: number, value: unknown): void {
  const body = serialize(value)
  const frame = Buffer.allocUnsafe(HEADER + body.length)
  frame.writeUInt32LE(body.length)
  body.copy(frame, HEADER)
  for (let at = 0; at < frame.length; ) at += writeSync(fd, frame, at)
}

/** Waits until all of it is filled; throws where the other end is gone. */
export function readFully(fd: number, into: Uint8Array): void {
  for (let at = 0; at < into.length; ) {
    const read = readSync(fd, into, at, into.length - at, null)
    if (read === 0) throw new Error('The owner of this process is gone.')
    at += read
  }
}

/** Puts together what {@link writeFrame} wrote, from pieces of any length. */
export class FrameReader {
  readonly #onValue: (value: unknown) => void
  #pieces: Buffer[] = []
  #length = 0

  constructor(onValue: (value: unknown) => void) {
    this.#onValue = onValue
  }

  add(piece: Buffer): void {
    this.#pieces.push(piece)
    this.#length += piece.length
    for (;;) {
      if (this.#length < HEADER) return
      if ((this.#pieces[0]?.length ?? 0) < HEADER) this.#join()
      const end = HEADER + (this.#pieces[0]?.readUInt32LE() ?? 0)
      if (this.#length < end) return
      const all = this.#join()
      this.#pieces = [all.subarray(end)]
      this.#length -= end
      this.#onValue(deserialize(all.subarray(HEADER, end)))
    }
  }

  #join(): Buffer {
    const [first = Buffer.alloc(0)] = this.#pieces
    const all = this.#pieces.length === 1 ? first : Buffer.concat(this.#pieces)
    this.#pieces = [all]
    return all
  }
}
