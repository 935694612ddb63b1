import { RandomStream } from '../core/random.ts'

/**
 * The order in which epoch `epoch` (counted from 1) visits `rows`: a function of (fold stream, epoch), never of what
 * was drawn before, so that training can go on from any epoch. Returns a new array.
 */
export function epochOrder(stream: string, epoch: number, rows: Int32Array, shuffle: boolean): Int32Array {
  const order = rows.slice()
  return shuffle ? new RandomStream(stream).split('order', epoch).shuffle(order) : order
}
