import { maskKey } from '../plan/mask-key.ts'
import type { Batch } from '../plan/step.ts'
import { floatsOf } from '../plan/tensor.ts'
import { numberIn } from './config.ts'
import type { LayerKind } from './layer.ts'

/** Dropout of whole channels of a sequence (Tompson et al., 2015). Nothing at evaluation. */
export const spatialDropout1d: LayerKind = {
  className: 'SpatialDropout1D',
  plan(site) {
    const { kernels, index, seed } = site
    const rate = numberIn(site.config, 'rate', 0)
    if (rate <= 0 || rate >= 1) return site.passThrough()
    const x = site.lanedInput()
    const y = site.output()
    const threshold = Math.round(rate * 2 ** 32)
    const scale = 1 / (1 - rate)
    const drop = (from: number, to: number, { padded, epoch, step }: Batch) => {
      const [a, b] = maskKey(seed.value, epoch, step, index)
      kernels.dropoutChannels(from, to, padded, x.lines, x.lanes, a, b, threshold, scale)
    }
    site.training(`y = dropout(x, ${rate}) of channels`, (batch) => drop(x.value.at, y.value.at, batch))
    site.evaluation('y = x', ({ padded }) => kernels.copy(x.value.at, y.value.at, padded * floatsOf(y)))
    const d = y.gradient
    const g = site.inputGradient()
    if (d && g) site.backward('x.g = dropout(d) with the same mask', (batch) => drop(d.at, g.at, batch))
  },
}
