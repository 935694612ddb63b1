import { panels } from '../../plan/parameter.ts'
import { roundUp } from '../../plan/tensor.ts'
import { penaltyIn } from '../config.ts'
import type { LayerKind } from '../layer.ts'
import { activated, biasOf, supportsKernel } from './activated.ts'
import { inputWork } from './input-gradient.ts'
import { kernelWork } from './kernel-gradient.ts'
import { groupOf, hasBorders, paddedExtent, stepsOver, windowOf } from './window.ts'

/**
 * y = activation(x spread by the kernel + bias): what the gradient of a convolution from y to x does. So its own gradient
 * is that convolution.
 */
export const conv2dTranspose: LayerKind = {
  className: 'Conv2DTranspose',
  supports: (layer) => supportsKernel(layer, ['kernel']),
  plan(site) {
    const { kernels } = site
    const x = site.lanedInput()
    const y = site.output()
    // The window of the convolution from y to x.
    const window = windowOf(site, 'kernelSize', y.shape, x.shape)
    const { height, width, size, top, bottom, left, right } = window
    const penalty = penaltyIn(site.config, 'kernelRegularizer')
    const kernel = site.weight(0, panels(size[0] * size[1] * y.width, x.width), { penalty })
    const bias = biasOf(site, 1, y.width)
    const after = activated(site, y, false)
    const group = groupOf(window)
    const pixels = window.outHeight * window.outWidth
    const strip = roundUp(group * pixels, 4)
    const xs = site.kept('strips of x', strip * x.lanes)
    const stripsOfX = (from: number) =>
      kernels.gradientStrips(x.value.at + from * pixels * x.lanes * 4, 0, xs.at, 0, group * pixels, x.lanes)
    const parts = { site, window, kernel, filters: x.width, x: y }
    const spread = inputWork(parts, xs, after.z, group, (name, floats) => site.kept(name, floats))
    site.forward(`z = x spread by kernel${bias ? ' + bias' : ''}`, ({ padded }) => {
      spread.prepare()
      for (let from = 0; from < padded; from += group) {
        stripsOfX(from)
        spread.work(from, group)
      }
      if (bias) kernels.addLine(bias.value.at, after.z.at, padded * y.lines, y.lanes)
    })
    after.forward()

    const d = y.gradient
    if (d === undefined) return
    after.backward(d)
    if (bias?.learning.kind === 'stored') {
      const { gradient } = bias.learning
      site.backward('bias.g = column sums of d', ({ padded }) =>
        kernels.columnSums(d.at, gradient.at, padded * y.lines, y.lanes),
      )
    }
    const [tall, wide] = paddedExtent(window)
    const bordered = hasBorders(window) ? site.scratch('d with borders', site.capacity * tall * wide * y.lanes) : d
    if (bordered !== d) {
      site.backward('d with borders of zeros', ({ padded }) =>
        kernels.padImages(d.at, bordered.at, padded, height, width, y.lanes, top, bottom, left, right),
      )
    }
    const g = site.inputGradient()
    if (g) {
      const steps = stepsOver(window, y.lanes, y.width, true)
      site.backward('x.g = d * kernel', ({ padded }) =>
        kernels.convolutionForward(bordered.at, kernel.value.at, 0, g.at, padded, ...steps, x.lanes, 0),
      )
    }
    if (kernel.learning.kind !== 'stored') return
    const { gradient } = kernel.learning
    const images = { value: bordered, width: y.width, lanes: y.lanes }
    const learn = kernelWork({ site, window, x: images, lanes: x.lanes }, xs, gradient, group)
    site.backward('kernel.g = from d and x, image by image', ({ padded }) => {
      kernels.fill(gradient.at, 0, gradient.floats)
      for (let from = 0; from < padded; from += group) {
        stripsOfX(from)
        learn(from, group)
      }
    })
  },
}
