import type { RandomStream } from '../../core/random.ts'

/**
 * Point `number` of a Latin hypercube of `size` points (McKay, Beckman and Conover, 1979) in the unit cube: along each
 * axis every point has a stratum of its own.
 */
export function latinHypercubePoint(number: number, size: number, axes: number, random: RandomStream): Float64Array {
  const jitter = random.split('jitter', number)
  return Float64Array.from({ length: axes }, (_, axis) => {
    const strata = random.split('strata', axis).shuffle(Int32Array.from({ length: size }, (_, i) => i))
    return ((strata[number] as number) + jitter.next()) / size
  })
}
