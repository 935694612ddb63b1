import { sizeOf } from '../../../../../data/dataset.ts'
import type { LayerKind } from '../layer.ts'

/** The largest or the mean number of each channel over a whole image or sequence. */
function globalPooling(className: string, mean: boolean): LayerKind {
  return {
    className,
    supports: ({ config }) => (config.dataFormat === 'channelsFirst' ? 'its dataFormat channelsFirst' : true),
    plan(site) {
      const { kernels } = site
      const x = site.lanedInput()
      const y = site.output()
      const count = sizeOf(x.shape.slice(0, -1))
      const { lanes } = x
      site.forward(`y = ${mean ? 'mean' : 'largest'} of the lines of x`, ({ padded }) => {
        if (mean) kernels.sumOfLines(x.value.at, y.value.at, padded, count, lanes, 1 / count)
        else kernels.maxOfLines(x.value.at, y.value.at, padded, count, lanes)
      })
      const d = y.gradient
      const g = site.inputGradient()
      if (!d || !g) return
      site.backward(mean ? 'x.g = d shared out' : 'x.g = d where x was the largest', ({ padded }) => {
        if (mean) kernels.repeatLines(d.at, g.at, padded, count, lanes, 1 / count)
        else kernels.maxOfLinesGradient(x.value.at, y.value.at, d.at, g.at, padded, count, lanes)
      })
    },
  }
}

export const globalPoolings: readonly LayerKind[] = [
  globalPooling('GlobalMaxPooling1D', false),
  globalPooling('GlobalMaxPooling2D', false),
  globalPooling('GlobalAveragePooling1D', true),
  globalPooling('GlobalAveragePooling2D', true),
]
