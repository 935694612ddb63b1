import type { Tensor, Tensor2D, Tensor5D } from '@tensorflow/tfjs-core'
import { core } from '../../engines/tfjs/tfjs.ts'
import { composed } from './provide.ts'
import { place, spread } from './spacing.ts'

type Shape5 = [number, number, number, number, number]

interface Strided {
  readonly strides: number | [number, number, number]
  readonly pad: 'valid' | 'same'
}

/** Of one place of the filter at a time: the product of what of x it met, transposed, and dy. */
export const volumeFilterGradient = composed(
  ({ x, dy }: { x: Tensor5D; dy: Tensor5D }, attributes: Strided & { filterShape: Shape5 }) => {
    const { strides, pad, filterShape } = attributes
    const info = core.backend_util.computeConv3DInfo(x.shape, filterShape, strides, 1, pad)
    const { padInfo, batchSize } = info
    const [depth, height, width, channels, count] = filterShape
    const padded = core.pad(x, [
      [0, 0],
      [padInfo.front, padInfo.back],
      [padInfo.top, padInfo.bottom],
      [padInfo.left, padInfo.right],
      [0, 0],
    ])
    const steps = [1, info.strideDepth, info.strideHeight, info.strideWidth, 1]
    const extents = [batchSize, info.outDepth, info.outHeight, info.outWidth, channels]
    const gradient = core.reshape(dy, [-1, count]) as Tensor2D
    const places: Tensor[] = []
    for (let plane = 0; plane < depth; plane++) {
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          const from = [0, plane, row, column, 0]
          const to = from.map((begin, i) => begin + ((extents[i] ?? 1) - 1) * (steps[i] ?? 1) + 1)
          const met = core.reshape(core.stridedSlice(padded, from, to, steps), [-1, channels]) as Tensor2D
          places.push(core.matMul(met, gradient, true))
        }
      }
    }
    return core.reshape(core.concat(places), filterShape)
  },
)

/** The convolution of dy, spread by the strides, by the filter turned round. */
export const volumeInputGradient = composed(
  ({ dy, filter }: { dy: Tensor5D; filter: Tensor5D }, attributes: Strided & { inputShape: Shape5 }) => {
    const { strides, pad, inputShape } = attributes
    const info = core.backend_util.computeConv3DInfo(inputShape, filter.shape, strides, 1, pad)
    const { padInfo, filterDepth, filterHeight, filterWidth } = info
    const axes = [
      [1, info.strideDepth, filterDepth, padInfo.front, info.inDepth],
      [2, info.strideHeight, filterHeight, padInfo.top, info.inHeight],
      [3, info.strideWidth, filterWidth, padInfo.left, info.inWidth],
    ] as const
    const all = axes.reduce<Tensor>(
      (tensor, [axis, stride, size, before, extent]) =>
        place(spread(tensor, axis, stride), axis, size - 1 - before, extent + size - 1),
      dy,
    )
    const turned = core.transpose(reverseVolume(filter), [0, 1, 2, 4, 3])
    return core.conv3d(all as Tensor5D, turned as Tensor5D, 1, 'valid')
  },
)

/** `reverse` takes four axes at most. */
function reverseVolume(filter: Tensor5D): Tensor {
  const [depth, height, width, channels, count] = filter.shape
  const turned = core.reverse(core.reshape(filter, [depth * height * width, channels, count]), 0)
  return core.reshape(turned, filter.shape)
}
