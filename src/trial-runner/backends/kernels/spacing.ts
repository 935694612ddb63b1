import type { Tensor } from '@tensorflow/tfjs-core'
import { core } from '../../engines/tfjs/tfjs.ts'

/** Puts `stride - 1` zeros behind each entry of an axis. */
export function spread(x: Tensor, axis: number, stride: number): Tensor {
  if (stride === 1) return x
  const { extent, inner } = around(x, axis)
  return core.reshape(
    core.pad(core.reshape(x, [-1, 1, inner]), between(0, stride - 1)),
    resized(x, axis, extent * stride),
  )
}

/** Puts `before` zeros in front of an axis (cuts as many off, if below 0) and makes it `extent` long, with zeros or by a cut. */
export function place(x: Tensor, axis: number, before: number, extent: number): Tensor {
  const { outer, extent: own, inner } = around(x, axis)
  const [skipped, zeros] = [Math.max(0, -before), Math.max(0, before)]
  const kept = Math.min(own - skipped, extent - zeros)
  const part = core.slice(core.reshape(x, [outer, own, inner]), [0, skipped, 0], [outer, kept, inner])
  return core.reshape(core.pad(part, between(zeros, extent - zeros - kept)), resized(x, axis, extent))
}

/** A tensor as three axes, the one in the middle: one way of padding for every rank, and the fast one. */
function around({ shape, size }: Tensor, axis: number): { outer: number; extent: number; inner: number } {
  const extent = shape[axis] ?? 1
  const inner = shape.slice(axis + 1).reduce((product, one) => product * one, 1)
  return { outer: size / (extent * inner), extent, inner }
}

const between = (before: number, after: number): [number, number][] => [
  [0, 0],
  [before, after],
  [0, 0],
]

const resized = ({ shape }: Tensor, axis: number, extent: number): number[] =>
  shape.map((own, i) => (i === axis ? extent : own))
