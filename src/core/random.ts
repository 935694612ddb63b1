import seedrandom from 'seedrandom'

/** A hash of a text to 32 bits (FNV-1a with murmur3's finalizer): the seed of a stream as kernels take it. */
function hash32(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/**
 * A seeded stream of random numbers that can be split by labels: `random.split('trial', 3, 'fold', 0)` is always the
 * same stream, whatever has been drawn from the parent. Numbers come from Johannes Baagøe's Alea.
 */
export class RandomStream {
  readonly path: string
  #draw: (() => number) | undefined
  #spare: number | undefined

  constructor(seed: number | string) {
    this.path = String(seed)
  }

  split(...labels: readonly (string | number)[]): RandomStream {
    return new RandomStream(`${this.path}/${labels.join('/')}`)
  }

  /** 32 bits that depend on the path alone. */
  get seed32(): number {
    return hash32(this.path)
  }

  /** Uniform in [0, 1). */
  next(): number {
    this.#draw ??= seedrandom.alea(this.path)
    return this.#draw()
  }

  /** Uniform among 0 .. count - 1. */
  integer(count: number): number {
    return Math.min(count - 1, Math.floor(this.next() * count))
  }

  /** Standard normal (Marsaglia's polar method). */
  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare
      this.#spare = undefined
      return spare
    }
    for (;;) {
      const u = 2 * this.next() - 1
      const v = 2 * this.next() - 1
      const s = u * u + v * v
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s)
        this.#spare = v * factor
        return u * factor
      }
    }
  }

  /** Shuffles in place (Fisher-Yates) and returns the same array. */
  shuffle<T extends unknown[] | Int32Array>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1)
      const swap = items[i]
      items[i] = items[j] as never
      items[j] = swap as never
    }
    return items
  }
}
