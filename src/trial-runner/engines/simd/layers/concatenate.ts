import { floatsOf, type Tensor } from '../plan/tensor.ts'
import { numberIn } from './config.ts'
import type { LayerConfig, LayerKind } from './layer.ts'

/** The axis of a row: 0 is the first after the batch. */
function axisOf(config: LayerConfig, rank: number): number {
  const axis = numberIn(config, 'axis', -1)
  return axis < 0 ? rank + axis : axis - 1
}

/** Lays its inputs side by side along an axis, the last one by default. */
export const concatenate: LayerKind = {
  className: 'Concatenate',

  supports({ config, outputShapes }) {
    return axisOf(config, outputShapes[0]?.length ?? 0) >= 0 ? true : 'its axis, which is the batch'
  },

  plan(site) {
    const { kernels } = site
    const inputs = site.inputShapes.map((_, i) => site.lanedInput(i))
    const y = site.output()
    const rank = y.shape.length
    const axis = axisOf(site.config, rank)
    const blocks = y.shape.slice(0, axis).reduce((product, extent) => product * extent, 1)
    const last = axis === rank - 1
    // What of a tensor lies in one piece: along the last axis numbers without their padding, otherwise whole lines.
    const piece = (x: Tensor) => (last ? x.width : floatsOf(x) / blocks)
    const step = (x: Tensor) => (last ? x.lanes : floatsOf(x) / blocks)
    let offset = 0
    for (const [i, x] of inputs.entries()) {
      const at = offset * Float32Array.BYTES_PER_ELEMENT
      const [size, from, to] = [piece(x), step(x), step(y)]
      offset += size
      const rest = i === inputs.length - 1 ? to - offset : 0
      site.forward(`y = ${i === 0 ? '' : 'y | '}x${i}`, ({ padded }) =>
        kernels.copyBlocks(x.value.at, y.value.at + at, padded * blocks, size, from, to, rest),
      )
      const d = y.gradient
      const g = site.inputGradient(i)
      if (!d || !g) continue
      site.backward(`x${i}.g = its part of d`, ({ padded }) =>
        kernels.copyBlocks(d.at + at, g.at, padded * blocks, size, to, from, from - size),
      )
    }
  },
}
