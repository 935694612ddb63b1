import { panels } from '../../plan/parameter.ts'
import { penaltyIn } from '../config.ts'
import type { LayerKind } from '../layer.ts'
import { activated, biasOf, supportsKernel } from './activated.ts'
import { planConvolution } from './convolve.ts'
import { depthwise } from './depthwise.ts'
import { planGradients } from './gradients.ts'
import { type Window, windowOf } from './window.ts'

/** A convolution of each channel by itself, then one of single pixels that mixes the channels. */
export const separableConv2d: LayerKind = {
  className: 'SeparableConv2D',
  supports: (layer) => supportsKernel(layer, ['depthwise', 'pointwise']),
  plan(site) {
    const window = windowOf(site, 'kernelSize')
    const product = depthwise(site, window)
    const y = site.output()
    const { width: filters, lanes } = y
    const floats = site.capacity * window.outHeight * window.outWidth * product.lanes
    const x = { value: site.kept('depthwise', floats), width: product.width, lanes: product.lanes }
    product.forward(x.value, undefined)
    const penalty = penaltyIn(site.config, 'pointwiseRegularizer')
    const kernel = site.weight(1, panels(x.width, filters), { penalty })
    const bias = biasOf(site, 2, filters)
    const parts = { site, window: pixelsOf(window), x, kernel, bias, filters, lanes }
    const after = activated(site, y, true)
    planConvolution(parts, after.z, after.relu)
    after.forward()
    const d = y.gradient
    if (d === undefined) return
    after.backward(d)
    const between = site.scratch('depthwise.g', floats)
    planGradients(parts, d, after.relu ? { y: y.value, slope: site.offerSlope() } : undefined, between)
    product.backward(between)
  },
}

/** The window that sees one pixel of what another one makes. */
function pixelsOf({ outHeight, outWidth }: Window): Window {
  const one = [1, 1] as const
  const borders = { top: 0, bottom: 0, left: 0, right: 0 }
  return { height: outHeight, width: outWidth, outHeight, outWidth, size: one, strides: one, dilation: one, ...borders }
}
