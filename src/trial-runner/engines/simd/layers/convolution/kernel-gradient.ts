import type { Block } from '../../plan/arena.ts'
import { roundUp } from '../../plan/tensor.ts'
import type { Convolution } from './convolve.ts'
import { byPatches, patchesOf } from './patches.ts'
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
  if (byPatches(x)) {
    const patches = patchesOf({ site, window, x }, group, (name, floats) => site.scratch(name, floats))
    return (from, images) => {
      const count = images * pixels
      patches.gather(from, images)
      // Strips of 4 numbers that lie one after the other.
      const flat = [1, count, 0, 0, patches.length, 1, 0, 1, 0, patches.length] as const
      kernels.convolutionGradient(patches.block.at, ds.at, g.at, 1, ...flat, lanes, 1, roundUp(count, 4))
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
