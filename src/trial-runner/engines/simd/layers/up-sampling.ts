import type { LayerKind } from './layer.ts'

/** Larger images: pixels repeated, or interpolated as tfjs does it, with the corners of the first pixels aligned. */
export const upSampling2d: LayerKind = {
  className: 'UpSampling2D',
  supports: ({ config }) => (config.dataFormat === 'channelsFirst' ? 'its dataFormat channelsFirst' : true),
  plan(site) {
    const { kernels } = site
    const x = site.lanedInput()
    const y = site.output()
    const nearest = site.config.interpolation !== 'bilinear'
    const [height = 1, width = 1] = x.shape
    const [outHeight = 1, outWidth = 1] = y.shape
    const sizes = [height, width, x.lanes, outHeight / height, outWidth / width] as const
    const forward = nearest ? kernels.repeatPixels : kernels.interpolate
    const backward = nearest ? kernels.sumPixels : kernels.interpolateGradient
    site.forward(`y = x, pixels ${nearest ? 'repeated' : 'interpolated'}`, ({ padded }) =>
      forward(x.value.at, y.value.at, padded, ...sizes),
    )
    const d = y.gradient
    const g = site.inputGradient()
    if (d && g) site.backward('x.g = sums of d', ({ padded }) => backward(d.at, g.at, padded, ...sizes))
  },
}
