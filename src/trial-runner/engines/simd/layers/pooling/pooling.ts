import { windowOf } from '../convolution/window.ts'
import type { LayerKind } from '../layer.ts'
import { planPairs, suitsPairs } from './pairs.ts'

/** The largest or the mean number of windows that move over an image or a sequence. */
function pooling(className: string, mean: 0 | 1): LayerKind {
  return {
    className,
    supports: ({ config }) => (config.dataFormat === 'channelsFirst' ? 'its dataFormat channelsFirst' : true),
    plan(site) {
      const { kernels } = site
      const window = windowOf(site, 'poolSize')
      if (!mean && suitsPairs(window)) return planPairs(site, window)
      const x = site.lanedInput()
      const y = site.output()
      const { height, width, outHeight, outWidth, size, strides, top, left } = window
      const extents = [height, width, x.lanes, outHeight, outWidth, ...size, ...strides, top, left] as const
      site.forward(`y = ${mean ? 'means' : 'largest'} of windows of x`, ({ padded }) =>
        kernels.pool(x.value.at, y.value.at, padded, ...extents, mean),
      )
      const d = y.gradient
      const g = site.inputGradient()
      if (!d || !g) return
      if (mean) {
        site.backward('x.g = d shared out to the windows', ({ padded }) =>
          kernels.meanPoolGradient(d.at, g.at, padded, ...extents),
        )
        return
      }
      const relu = site.takeSlope() ? 1 : 0
      site.backward(`x.g = d where x was the largest${relu ? " · relu'" : ''}`, ({ padded }) =>
        kernels.maxPoolGradient(x.value.at, y.value.at, d.at, g.at, padded, ...extents, relu),
      )
    },
  }
}

export const poolings: readonly LayerKind[] = [
  pooling('MaxPooling1D', 0),
  pooling('MaxPooling2D', 0),
  pooling('AveragePooling1D', 1),
  pooling('AveragePooling2D', 1),
]
