import type { Block } from '../../plan/arena.ts'
import type { Tensor } from '../../plan/tensor.ts'
import type { Site, Stream, WeightUse } from '../layer.ts'
import { byPatches, patchesOf } from './patches.ts'
import { hasBorders, paddedExtent, stepsOver, streamGroupOf, type Window } from './window.ts'

/** Images as a convolution reads them. */
export type Images = Pick<Tensor, 'value' | 'width' | 'lanes'>

/** z = patches of x · kernel + bias: what the steps of a convolution are planned from. */
export interface Convolution {
  readonly site: Site
  readonly window: Window
  readonly x: Images
  /** [window.size, channels, filters] in panels of rows without padding. */
  readonly kernel: WeightUse
  readonly bias: WeightUse | undefined
  readonly filters: number
  /** Lanes of z: filters rounded up to 8. */
  readonly lanes: number
  /** Where z may flow image by image. */
  readonly stream?: Stream | undefined
}

/** x with the zeros that the window wants around it: x itself, or a copy that a forward step makes. */
export function withBorders(site: Site, window: Window, x: Images): Images {
  if (!hasBorders(window)) return x
  const { kernels } = site
  const { height, width, top, bottom, left, right } = window
  const [tall, wide] = paddedExtent(window)
  const value = site.kept('x with borders', site.capacity * tall * wide * x.lanes)
  site.forward('x with borders of zeros', ({ padded }) =>
    kernels.padImages(x.value.at, value.at, padded, height, width, x.lanes, top, bottom, left, right),
  )
  return { ...x, value }
}

/** Plans the forward step; x has its borders. `relu` 1: z = max(0, ...). */
export function planConvolution(convolution: Convolution, z: Block, relu: 0 | 1): void {
  const { site, window, kernel, bias, lanes, stream } = convolution
  const group = streamGroupOf(window)
  const pixels = window.outHeight * window.outWidth
  const inPatches = byPatches(convolution.x)
  const work = inPatches ? patchwork(convolution, group, relu) : directly(convolution, relu)
  const sum = `x * kernel${bias ? ' + bias' : ''}`
  site.forward(relu ? `y = relu(${sum})` : `z = ${sum}`, ({ padded }) => {
    const consumer = stream?.consumer
    const images = consumer || inPatches ? group : padded
    for (let from = 0; from < padded; from += images) {
      work(from, images, kernel.value.at, bias?.value.at ?? 0, consumer ? z.at : z.at + from * pixels * lanes * 4)
      consumer?.forward(from, images)
    }
  })
}

/** Convolves some images. All but the first two are offsets in the arena. */
type Convolve = (from: number, images: number, kernel: number, bias: number, z: number) => void

function directly({ site, window, x, lanes }: Convolution, relu: 0 | 1): Convolve {
  const { kernels } = site
  const steps = stepsOver(window, x.lanes, x.width, true)
  const [, , imageStep] = steps
  return (from, images, kernel, bias, z) =>
    kernels.convolutionForward(x.value.at + from * imageStep * 4, kernel, bias, z, images, ...steps, lanes, relu)
}

/** One long sum for a pixel, instead of many short ones. */
function patchwork(convolution: Convolution, group: number, relu: 0 | 1): Convolve {
  const { site, window, lanes } = convolution
  const { kernels } = site
  const pixels = window.outHeight * window.outWidth
  const { block, length, gather } = patchesOf(convolution, group, (name, floats) => site.passing(name, floats))
  return (from, images, kernel, bias, z) => {
    gather(from, images)
    kernels.denseForward(block.at, kernel, bias, z, images * pixels, length, lanes, relu)
  }
}
