/** 64 bits, as two words, from which a kernel makes the mask of one layer in one step: a function of its arguments alone. */
export function maskKey(seed: number, epoch: number, step: number, layer: number): readonly [number, number] {
  return [mixed(seed, epoch, step, layer), mixed(seed ^ 0x5bd1e995, layer, epoch, step)]
}

/** Murmur3 over four words (Austin Appleby). */
function mixed(seed: number, ...words: readonly number[]): number {
  let h = seed | 0
  for (const word of words) {
    let k = Math.imul(word, 0xcc9e2d51)
    k = Math.imul((k << 15) | (k >>> 17), 0x1b873593)
    h ^= k
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) | 0
}
