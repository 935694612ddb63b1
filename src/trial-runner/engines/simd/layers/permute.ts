import type { Block } from '../plan/arena.ts'
import { floatsOf, type Tensor } from '../plan/tensor.ts'
import type { LayerKind, Site } from './layer.ts'

/** The same numbers with their axes in another order. */
export const permute: LayerKind = {
  className: 'Permute',
  supports: ({ inputShapes }) => ((inputShapes[0]?.length ?? 0) > 4 ? 'its more than 4 axes' : true),
  plan(site) {
    const x = site.input()
    const y = site.output()
    const order = (site.config.dims as number[]).map((axis) => axis - 1)
    const back = order.map((_, axis) => order.indexOf(axis))
    const forward = permuted(site, x, y, order)
    site.forward(`y = x with axes ${order}`, ({ padded }) => forward(x.value, y.value, padded))
    const d = y.gradient
    const g = site.inputGradient()
    if (!d || !g) return
    const backward = permuted(site, y, x, back)
    site.backward(`x.g = d with axes ${back}`, ({ padded }) => backward(d, g, padded))
  },
}

type Four = readonly [number, number, number, number]

/** Brings `x` into the layout of `y`, whose axis i is axis order[i] of x. */
function permuted({ kernels }: Site, x: Tensor, y: Tensor, order: readonly number[]) {
  const strides = x.shape.map((_, axis) =>
    axis === x.shape.length - 1
      ? 1
      : x.shape.slice(axis + 1, -1).reduce((product, extent) => product * extent, x.lanes),
  )
  const four = (values: readonly number[], missing: number) =>
    [...Array<number>(4 - values.length).fill(missing), ...values] as unknown as Four
  const extents = four(y.shape, 1)
  const steps = four(
    order.map((axis) => strides[axis] ?? 1),
    0,
  )
  const size = floatsOf(x)
  return (from: Block, to: Block, rows: number) =>
    kernels.permute(from.at, to.at, rows, size, ...extents, ...steps, y.lanes)
}
