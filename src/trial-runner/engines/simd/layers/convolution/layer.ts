import { panels } from '../../plan/parameter.ts'
import { penaltyIn } from '../config.ts'
import type { LayerKind } from '../layer.ts'
import { activated, biasOf, supportsKernel } from './activated.ts'
import { type Convolution, planConvolution, withBorders } from './convolve.ts'
import { planGradients } from './gradients.ts'
import type { Product } from './product.ts'
import { streamGroupOf, windowOf } from './window.ts'
import { suitsWinograd, winograd } from './winograd.ts'

function convolution(className: string): LayerKind {
  return {
    className,
    supports: (layer) => supportsKernel(layer, ['kernel']),
    plan(site) {
      const plain = site.input()
      const window = windowOf(site, 'kernelSize')
      const byTiles = suitsWinograd(window, plain.width, site.outputShapes[0]?.at(-1) ?? 1)
      // Gradients and tiles want whole vectors.
      const input = plain.gradient || byTiles ? site.lanedInput() : plain
      const x = byTiles ? input : withBorders(site, window, input)
      const y = site.output()
      const { width: filters, lanes } = y
      const penalty = penaltyIn(site.config, 'kernelRegularizer')
      const kernel = site.weight(0, panels(window.size[0] * window.size[1] * x.width, filters), { penalty })
      const bias = biasOf(site, 1, filters)
      const after = activated(site, y, true)
      const stream = byTiles || !after.none ? undefined : site.offerStream(streamGroupOf(window))
      const parts = { site, window, x, kernel, bias, filters, lanes, stream }
      const product = byTiles ? winograd(parts) : direct(parts)
      product.forward(after.z, after.relu)
      after.forward()
      const d = y.gradient
      if (d === undefined) return
      after.backward(d)
      const rectified = after.relu ? { y: y.value, slope: site.offerSlope() } : undefined
      product.backward(d, rectified, site.inputGradient())
    },
  }
}

/** The product as assembly/convolution.ts has it. */
function direct(convolution: Convolution): Product {
  return {
    forward: (z, relu) => planConvolution(convolution, z, relu),
    backward: (d, rectified, g) => planGradients(convolution, d, rectified, g),
  }
}

/** y = activation(x * kernel + bias), a cross-correlation over height and width. */
export const conv2d = convolution('Conv2D')

/** The same over a sequence. */
export const conv1d = convolution('Conv1D')
