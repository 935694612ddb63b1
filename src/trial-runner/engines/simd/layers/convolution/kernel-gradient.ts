import type { Block } from '../../plan/arena.ts'
import { roundUp } from '../../plan/tensor.ts'
import type { Convolution } from './convolve.ts'
import { paddedExtent, stepsOver, type Work } from './window.ts'

/** kernel.g += patches of x transposed · d, for some images. */
export function kernelWork(
  { site, window, x, lanes }: Pick<Convolution, 'site' | 'window' | 'x' | 'lanes'>,
  ds: Block,
  g: Block,
  group: number,
): Work {
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
