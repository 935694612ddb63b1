import type { Tensor4D } from '@tensorflow/tfjs-core'
import { core } from '../../engines/tfjs/tfjs.ts'
import { composed } from './provide.ts'
import { place, spread } from './spacing.ts'

type Shape4 = [number, number, number, number]

interface Strided {
  readonly strides: number | [number, number]
  readonly pad: 'valid' | 'same' | number
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}

/** The filter's gradient is itself a convolution: of x with images and channels exchanged, by dy, dilated by the strides. */
export const convolutionFilterGradient = composed(
  ({ x, dy }: { x: Tensor4D; dy: Tensor4D }, attributes: Strided & { filterShape: Shape4 }) => {
    const { strides, pad, dimRoundingMode, filterShape } = attributes
    const [height, width, channels, count] = filterShape
    const info = core.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode)
    const { padInfo, strideHeight, strideWidth } = info
    const padded = core.pad(x, [
      [0, 0],
      [padInfo.top, padInfo.bottom],
      [padInfo.left, padInfo.right],
      [0, 0],
    ])
    const images = core.transpose(padded, [3, 1, 2, 0]) as Tensor4D
    const filter = core.transpose(dy, [1, 2, 0, 3]) as Tensor4D
    const gradient = core.conv2d(images, filter, 1, 'valid', 'NHWC', [strideHeight, strideWidth])
    const exact = core.slice(gradient, [0, 0, 0, 0], [channels, height, width, count])
    return core.transpose(exact, [1, 2, 0, 3])
  },
)

/** The input's gradient is the convolution of dy, spread by the strides, by the filter turned half round. */
export const convolutionInputGradient = composed(
  ({ dy, filter }: { dy: Tensor4D; filter: Tensor4D }, attributes: Strided & { inputShape: Shape4 }) => {
    const { strides, pad, dimRoundingMode, inputShape } = attributes
    const info = core.backend_util.computeConv2DInfo(inputShape, filter.shape, strides, 1, pad, dimRoundingMode)
    const { padInfo, filterHeight, filterWidth, inHeight, inWidth } = info
    const rows = place(spread(dy, 1, info.strideHeight), 1, filterHeight - 1 - padInfo.top, inHeight + filterHeight - 1)
    const all = place(spread(rows, 2, info.strideWidth), 2, filterWidth - 1 - padInfo.left, inWidth + filterWidth - 1)
    const turned = core.transpose(core.reverse(filter, [0, 1]), [0, 1, 3, 2])
    return core.conv2d(all as Tensor4D, turned as Tensor4D, 1, 'valid')
  },
)
