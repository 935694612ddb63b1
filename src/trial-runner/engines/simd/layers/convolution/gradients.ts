import type { Block } from '../../plan/arena.ts'
import { roundUp } from '../../plan/tensor.ts'
import type { Convolution } from './convolve.ts'
import { inputWork } from './input-gradient.ts'
import { kernelWork } from './kernel-gradient.ts'
import type { Rectified } from './product.ts'
import { groupOf } from './window.ts'

/**
 * Plans the backward step, a few images at a time, so that all it makes of them stays in the cache: gradients of the
 * kernel, of the bias and, where `g` is given, of x (without borders). d is the gradient by z; where `rectified` is given,
 * y = relu(z) and d is that by y, with the slope where somebody took it.
 */
export function planGradients(convolution: Convolution, d: Block, rectified: Rectified | undefined, g?: Block): void {
  const { site, window, kernel, bias, lanes, stream } = convolution
  const { kernels } = site
  const pixels = window.outHeight * window.outWidth
  const group = groupOf(window)
  const strips = site.scratch('strips of d', roundUp(group * pixels, 4) * lanes)
  const kernelGradient = kernel.learning.kind === 'stored' ? kernel.learning.gradient : undefined
  const biasGradient = bias?.learning.kind === 'stored' ? bias.learning.gradient : undefined
  const learn = kernelGradient && kernelWork(convolution, strips, kernelGradient, group)
  const spread = g && inputWork(convolution, strips, g, group, (name, floats) => site.scratch(name, floats))
  if (!learn && !spread && !biasGradient) return
  const names = [g && 'x.g', kernelGradient && 'kernel.g', biasGradient && 'bias.g'].filter(Boolean)
  site.backward(`${names.join(', ')} = from d${rectified ? " · relu'" : ''}, image by image`, ({ padded }) => {
    if (kernelGradient) kernels.fill(kernelGradient.at, 0, kernelGradient.floats)
    if (biasGradient) kernels.fill(biasGradient.at, 0, biasGradient.floats)
    spread?.prepare()
    for (let from = 0; from < padded; from += group) {
      stream?.consumer?.backward(from, group)
      const at = stream?.consumer ? 0 : from * pixels * lanes * 4
      const mask = rectified && !rectified.slope.taken ? rectified.y.at + at : 0
      kernels.gradientStrips(d.at + at, mask, strips.at, biasGradient?.at ?? 0, group * pixels, lanes)
      learn?.(from, group)
      spread?.work(from, group)
    }
  })
}
