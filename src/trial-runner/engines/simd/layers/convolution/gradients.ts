import type { Block } from '../../plan/arena.ts'
import { roundUp } from '../../plan/tensor.ts'
import type { Convolution } from './convolve.ts'
import { hasBorders, paddedExtent, stepsOver } from './window.ts'

/** Fewer pixels than this are not worth a pass of their own: then four images are taken together. */
const FEW = 64

type Work = (from: number, images: number) => void

/**
 * Plans the backward step, a few images at a time, so that all it makes of them stays in the cache: gradients of the
 * kernel, of the bias and, where `g` is given, of x (without borders). d is the gradient by z; where `rectified` holds
 * y = relu(z), d is that by y.
 */
export function planGradients(convolution: Convolution, d: Block, rectified: Block | undefined, g?: Block): void {
  const { site, window, kernel, bias, lanes } = convolution
  const { kernels } = site
  const pixels = window.outHeight * window.outWidth
  const group = pixels < FEW ? 4 : 1
  const strips = site.scratch('strips of d', roundUp(group * pixels, 4) * lanes)
  const kernelGradient = kernel.learning.kind === 'stored' ? kernel.learning.gradient : undefined
  const biasGradient = bias?.learning.kind === 'stored' ? bias.learning.gradient : undefined
  const learn = kernelGradient && kernelWork(convolution, strips, kernelGradient, group)
  const spread = g && inputWork(convolution, strips, g, group)
  if (!learn && !spread && !biasGradient) return
  const names = [g && 'x.g', kernelGradient && 'kernel.g', biasGradient && 'bias.g'].filter(Boolean)
  site.backward(`${names.join(', ')} = from d${rectified ? " · relu'" : ''}, image by image`, ({ padded }) => {
    if (kernelGradient) kernels.fill(kernelGradient.at, 0, kernelGradient.floats)
    if (biasGradient) kernels.fill(biasGradient.at, 0, biasGradient.floats)
    spread?.prepare(padded)
    for (let from = 0; from < padded; from += group) {
      const at = from * pixels * lanes * 4
      const mask = rectified ? rectified.at + at : 0
      kernels.gradientStrips(d.at + at, mask, strips.at, biasGradient?.at ?? 0, group * pixels, lanes)
      learn?.(from, group)
      spread?.work(from, group)
    }
  })
}

/** kernel.g += patches of x transposed · d, for some images. */
function kernelWork({ site, window, x, lanes }: Convolution, ds: Block, g: Block, group: number): Work {
  const { kernels } = site
  const [tall, wide] = paddedExtent(window)
  const image = tall * wide
  const pixels = window.outHeight * window.outWidth
  const at = (from: number) => x.value.at + from * image * x.lanes * 4
  if (x.lanes % 4 !== 0 || x.width < 4) {
    const steps = stepsOver(window, x.lanes, x.width, true)
    const patch = window.size[0] * window.size[1] * x.width
    const patches = site.scratch('strips of patches', group * pixels * roundUp(patch, 4))
    return (from, images) => {
      const count = images * pixels
      kernels.patchStrips(at(from), patches.at, images, ...steps)
      const flat = [1, count, 0, 0, 4, 1, 0, 1, 0, patch] as const
      kernels.convolutionGradient(patches.at, ds.at, g.at, 1, ...flat, lanes, count, roundUp(count, 4))
    }
  }
  const steps = stepsOver(window, 4, x.width, false)
  const xs = site.scratch('strips of x', group * image * x.lanes)
  return (from, images) => {
    kernels.stripsOf4(at(from), xs.at, images * image, x.lanes)
    const stripD = roundUp(images * pixels, 4)
    kernels.convolutionGradient(xs.at, ds.at, g.at, images, ...steps, lanes, images * image, stripD)
  }
}

/** x.g = d spread by the transposed kernel, for some images, once `prepare` has transposed it. */
function inputWork(
  { site, window, x, kernel, filters }: Convolution,
  ds: Block,
  g: Block,
  group: number,
): { prepare(padded: number): void; work: Work } {
  const { kernels } = site
  const { height, width, size, top, bottom, left, right } = window
  const [tall, wide] = paddedExtent(window)
  const floats = tall * wide * x.lanes
  const taps = size[0] * size[1]
  const transposed = site.scratch('kernel transposed', taps * x.lanes * filters)
  const steps = stepsOver(window, x.lanes, x.lanes, false)
  const scatter = (to: number, images: number) => {
    kernels.fill(to, 0, images * floats)
    kernels.convolutionScatter(ds.at, transposed.at, to, images, ...steps, filters)
  }
  const bordered = hasBorders(window) ? site.scratch('x.g with borders', group * floats) : undefined
  return {
    prepare: () => kernels.transposeKernel(kernel.value.at, transposed.at, taps, x.width, x.lanes, filters),
    work(from, images) {
      const to = g.at + from * height * width * x.lanes * 4
      if (bordered === undefined) return scatter(to, images)
      scatter(bordered.at, images)
      kernels.cropImages(bordered.at, to, images, height, width, x.lanes, top, bottom, left, right)
    },
  }
}
