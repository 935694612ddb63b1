import type { Block } from '../../plan/arena.ts'
import type { Convolution } from './convolve.ts'
import { hasBorders, paddedExtent, stepsOver, type Work } from './window.ts'

/** g = d spread by the transposed kernel, for some images, once `prepare` has transposed it. */
export function inputWork(
  {
    site,
    window,
    x,
    kernel,
    filters,
  }: Pick<Convolution, 'site' | 'window' | 'kernel' | 'filters'> & { x: Pick<Convolution['x'], 'width' | 'lanes'> },
  ds: Block,
  g: Block,
  group: number,
  memory: (name: string, floats: number) => Block,
): { prepare(): void; work: Work } {
  const { kernels } = site
  const { height, width, size, top, bottom, left, right } = window
  const [tall, wide] = paddedExtent(window)
  const floats = tall * wide * x.lanes
  const taps = size[0] * size[1]
  const transposed = memory('kernel transposed', taps * x.lanes * filters)
  const steps = stepsOver(window, x.lanes, x.lanes, false)
  const scatter = (to: number, images: number) => {
    kernels.fill(to, 0, images * floats)
    kernels.convolutionScatter(ds.at, transposed.at, to, images, ...steps, filters)
  }
  const bordered = hasBorders(window) ? memory('x.g with borders', group * floats) : undefined
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
