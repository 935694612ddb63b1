import type { Block } from '../../plan/arena.ts'
import { lines } from '../../plan/parameter.ts'
import { roundUp } from '../../plan/tensor.ts'
import { penaltyIn } from '../config.ts'
import type { LayerKind, Site, WeightUse } from '../layer.ts'
import { activated, biasOf, supportsKernel } from './activated.ts'
import { type Images, withBorders } from './convolve.ts'
import { hasBorders, paddedExtent, stepsOver, type Window, windowOf } from './window.ts'

/** The convolution of each channel with kernels of its own; the numbers that come of one channel lie side by side. */
interface Depthwise {
  readonly width: number
  readonly lanes: number
  forward(z: Block, bias: WeightUse | undefined): void
  /** The gradient of the kernel, and that by x where the site has one. */
  backward(d: Block): void
}

/** Plans the depthwise kernel of a layer: its weight number 0, [height, width, channels, depthMultiplier]. */
export function depthwise(site: Site, window: Window): Depthwise {
  const { kernels } = site
  const input = site.lanedInput()
  const times = site.weightShapes[0]?.at(-1) ?? 1
  const width = input.width * times
  const lanes = roundUp(width, 8)
  const x = withBorders(site, window, repeated(site, input, input.lines, times))
  const layout = lines(window.size[0] * window.size[1], width)
  const kernel = site.weight(0, layout, { penalty: penaltyIn(site.config, 'depthwiseRegularizer') })
  // Without the length: a piece is a line.
  const steps = stepsOver(window, lanes, lanes, false).slice(0, -1) as unknown as Steps

  return {
    width,
    lanes,
    forward(z, bias) {
      site.forward(`z = x * kernel of each channel${bias ? ' + bias' : ''}`, ({ padded }) =>
        kernels.depthwiseForward(x.value.at, kernel.value.at, bias?.value.at ?? 0, z.at, padded, ...steps, lanes),
      )
    },
    backward(d) {
      if (kernel.learning.kind === 'stored') {
        const { gradient } = kernel.learning
        site.backward('kernel.g = from d and x', ({ padded }) =>
          kernels.depthwiseGradient(x.value.at, d.at, gradient.at, padded, ...steps, lanes),
        )
      }
      const g = site.inputGradient()
      if (g === undefined) return
      const { height, top, bottom, left, right } = window
      const [tall, wide] = paddedExtent(window)
      const summed = times > 1 ? site.scratch('x.g of each kernel', site.capacity * input.lines * lanes) : g
      const floats = tall * wide * lanes
      const spread = hasBorders(window) ? site.scratch('x.g with borders', site.capacity * floats) : summed
      site.backward('x.g = d spread by kernel', ({ padded }) => {
        kernels.fill(spread.at, 0, padded * floats)
        kernels.depthwiseScatter(d.at, kernel.value.at, spread.at, padded, ...steps, lanes)
        if (spread !== summed) {
          kernels.cropImages(spread.at, summed.at, padded, height, window.width, lanes, top, bottom, left, right)
        }
        if (summed !== g) {
          kernels.sumChannels(summed.at, g.at, padded * input.lines, input.width, input.lanes, times, lanes)
        }
      })
    },
  }
}

type Steps = readonly [number, number, number, number, number, number, number, number, number]

/** Every channel as often as it has kernels. */
function repeated(site: Site, x: Images, count: number, times: number): Images {
  if (times === 1) return x
  const { kernels } = site
  const width = x.width * times
  const lanes = roundUp(width, 8)
  const value = site.kept('x repeated', site.capacity * count * lanes)
  site.forward(`x with every channel ${times} times`, ({ padded }) =>
    kernels.repeatChannels(x.value.at, value.at, padded * count, x.width, x.lanes, times, lanes),
  )
  return { value, width, lanes }
}

export const depthwiseConv2d: LayerKind = {
  className: 'DepthwiseConv2D',
  supports(layer) {
    // tfjs ignores it, in shapes as in values.
    const { dilationRate } = layer.config
    if ([dilationRate].flat().some((rate) => typeof rate === 'number' && rate > 1)) return 'its dilationRate'
    return supportsKernel(layer, ['depthwise'])
  },
  plan(site) {
    const { kernels } = site
    const product = depthwise(site, windowOf(site, 'kernelSize'))
    const y = site.output()
    const bias = biasOf(site, 1, y.width)
    const after = activated(site, y, false)
    product.forward(after.z, bias)
    after.forward()
    const d = y.gradient
    if (d === undefined) return
    after.backward(d)
    product.backward(d)
    if (bias?.learning.kind !== 'stored') return
    const { gradient } = bias.learning
    site.backward('bias.g = column sums of d', ({ padded }) =>
      kernels.columnSums(d.at, gradient.at, padded * y.lines, y.lanes),
    )
  },
}
