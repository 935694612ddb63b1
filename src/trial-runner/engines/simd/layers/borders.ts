import type { LayerKind } from './layer.ts'

type Sides = readonly [readonly [top: number, bottom: number], readonly [left: number, right: number]]

/** A layer that puts borders of zeros around images, or takes borders away: the gradient of one is the other. */
function borders(className: string, key: string, adds: boolean): LayerKind {
  return {
    className,
    supports: ({ config }) => (config.dataFormat === 'channelsFirst' ? 'its dataFormat channelsFirst' : true),
    plan(site) {
      const { kernels } = site
      const x = site.input()
      const y = site.output(x)
      const [[top, bottom], [left, right]] = site.config[key] as Sides
      const [height = 1, width = 1] = adds ? x.shape : y.shape
      const sizes = [height, width, x.lanes, top, bottom, left, right] as const
      const [there, back] = adds
        ? [kernels.padImages, kernels.cropImages]
        : ([kernels.cropImages, kernels.padImages] as const)
      site.forward(`y = x ${adds ? 'with' : 'without'} borders`, ({ padded }) =>
        there(x.value.at, y.value.at, padded, ...sizes),
      )
      const d = y.gradient
      const g = site.inputGradient()
      if (!d || !g) return
      site.backward(`x.g = d ${adds ? 'without' : 'with'} borders`, ({ padded }) => back(d.at, g.at, padded, ...sizes))
    },
  }
}

export const zeroPadding2d = borders('ZeroPadding2D', 'padding', true)

export const cropping2d = borders('Cropping2D', 'cropping', false)
