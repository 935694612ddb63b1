import { maskKey } from '../plan/mask-key.ts'
import type { Batch } from '../plan/step.ts'
import { floatsOf } from '../plan/tensor.ts'
import { numberIn } from './config.ts'
import type { LayerKind } from './layer.ts'

/**
 * Inverted dropout (Srivastava et al., 2014): what is kept is scaled by 1 / (1 - rate). Nothing at evaluation. Rates are
 * kept in steps of 2^-16.
 */
export const dropout: LayerKind = {
  className: 'Dropout',

  supports({ config }) {
    return Array.isArray(config.noiseShape) ? 'its noiseShape' : true
  },

  plan(site) {
    const { kernels, index, seed } = site
    const rate = numberIn(site.config, 'rate', 0)
    if (rate <= 0 || rate >= 1) return site.passThrough()
    const x = site.input()
    const y = site.output(x)
    const floats = floatsOf(y)
    const threshold = Math.min(Math.max(1, Math.round(rate * 2 ** 16)), 2 ** 16 - 1)
    const scale = 1 / (1 - rate)
    const drop = (from: number, to: number, { padded, epoch, step }: Batch) => {
      const [a, b] = maskKey(seed.value, epoch, step, index)
      kernels.dropout(from, to, padded * floats, a, b, threshold, scale)
    }
    site.training(`y = dropout(x, ${rate})`, (batch) => drop(x.value.at, y.value.at, batch))
    site.evaluation('y = x', ({ padded }) => kernels.copy(x.value.at, y.value.at, padded * floats))
    const d = y.gradient
    const g = site.inputGradient()
    if (!d || !g) return
    if (site.takeSlope()) {
      // What is dropped and what relu stopped are 0 alike, so that no mask has to be made again.
      site.backward(`x.g = d where y > 0`, ({ padded }) =>
        kernels.dropoutReluGradient(y.value.at, d.at, g.at, padded * floats, scale),
      )
    } else site.backward('x.g = dropout(d) with the same mask', (batch) => drop(d.at, g.at, batch))
  },
}
