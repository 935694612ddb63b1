import { panels } from '../../plan/parameter.ts'
import { penaltyIn } from '../config.ts'
import type { LayerKind } from '../layer.ts'
import { activated, biasOf, supportsKernel } from './activated.ts'
import { planConvolution, withBorders } from './convolve.ts'
import { planGradients } from './gradients.ts'
import { windowOf } from './window.ts'

function convolution(className: string): LayerKind {
  return {
    className,
    supports: (layer) => supportsKernel(layer, ['kernel']),
    plan(site) {
      const plain = site.input()
      // Gradients want whole vectors.
      const input = plain.gradient ? site.lanedInput() : plain
      const window = windowOf(site, 'kernelSize')
      const x = withBorders(site, window, input)
      const y = site.output()
      const { width: filters, lanes } = y
      const penalty = penaltyIn(site.config, 'kernelRegularizer')
      const kernel = site.weight(0, panels(window.size[0] * window.size[1] * x.width, filters), { penalty })
      const bias = biasOf(site, 1, filters)
      const parts = { site, window, x, kernel, bias, filters, lanes }
      const after = activated(site, y, true)
      planConvolution(parts, after.z, after.relu)
      after.forward()
      const d = y.gradient
      if (d === undefined) return
      after.backward(d)
      planGradients(parts, d, after.relu ? { y: y.value, slope: site.offerSlope() } : undefined, site.inputGradient())
    },
  }
}

/** y = activation(x * kernel + bias), a cross-correlation over height and width. */
export const conv2d = convolution('Conv2D')

/** The same over a sequence. */
export const conv1d = convolution('Conv1D')
