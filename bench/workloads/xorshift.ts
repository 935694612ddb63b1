/**
 * Uniform numbers in [0, 1) by Marsaglia's xorshift of 32 bits (2003): workloads draw millions, of which nothing is asked
 * but that they are the same each time.
 */
export function xorshift(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
