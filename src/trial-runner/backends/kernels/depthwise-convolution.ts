import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { core } from '../../engines/tfjs/tfjs.ts'
import { composed } from './provide.ts'
import { place, spread } from './spacing.ts'

type Shape4 = [number, number, number, number]

interface Strided {
  readonly strides: number | [number, number]
  readonly pad: 'valid' | 'same' | number
  readonly dilations: number | [number, number]
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}

/** Of one place of the filter at a time: what of x it met, times dy, summed over images, rows and columns. */
export const depthwiseFilterGradient = composed(
  ({ x, dy }: { x: Tensor4D; dy: Tensor4D }, attributes: Strided & { filterShape: Shape4 }) => {
    const { filterShape } = attributes
    const info = infoOf(x.shape, filterShape, attributes)
    const { padInfo, outHeight, outWidth, strideHeight, strideWidth, dilationHeight, dilationWidth } = info
    const [height, width, channels, multiplier] = filterShape
    const padded = core.pad(x, [
      [0, 0],
      [padInfo.top, padInfo.bottom],
      [padInfo.left, padInfo.right],
      [0, 0],
    ])
    const pixels = dy.size / (channels * multiplier)
    const grad = core.reshape(dy, [pixels, channels, multiplier])
    const ones = core.ones([1, pixels]) as Tensor2D
    const places: Tensor[] = []
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const [top, left] = [row * dilationHeight, column * dilationWidth]
        const met = core.stridedSlice(
          padded,
          [0, top, left, 0],
          [info.batchSize, top + (outHeight - 1) * strideHeight + 1, left + (outWidth - 1) * strideWidth + 1, channels],
          [1, strideHeight, strideWidth, 1],
        )
        const products = core.mul(core.reshape(met, [pixels, channels, 1]), grad)
        places.push(core.matMul(ones, core.reshape(products, [pixels, channels * multiplier]) as Tensor2D))
      }
    }
    return core.reshape(core.concat(places), filterShape)
  },
)

/** The depthwise convolution of dy, spread by the strides, by the filter turned half round; multiplied channels summed. */
export const depthwiseInputGradient = composed(
  ({ dy, filter }: { dy: Tensor4D; filter: Tensor4D }, attributes: Strided & { inputShape: Shape4 }) => {
    const { inputShape } = attributes
    const info = infoOf(inputShape, filter.shape, attributes)
    const { padInfo, effectiveFilterHeight, effectiveFilterWidth, dilationHeight, dilationWidth } = info
    const [batch, inHeight, inWidth, channels] = inputShape
    const [height, width, , multiplier] = filter.shape
    const [above, beside] = [effectiveFilterHeight - 1, effectiveFilterWidth - 1]
    const rows = place(spread(dy, 1, info.strideHeight), 1, above - padInfo.top, inHeight + above)
    const all = place(spread(rows, 2, info.strideWidth), 2, beside - padInfo.left, inWidth + beside)
    const turned = core.reshape(core.reverse(filter, [0, 1]), [height, width, channels * multiplier, 1])
    const spreadOut = core.depthwiseConv2d(all as Tensor4D, turned as Tensor4D, 1, 'valid', 'NHWC', [
      dilationHeight,
      dilationWidth,
    ])
    if (multiplier === 1) return spreadOut
    return core.sum(core.reshape(spreadOut, [batch, inHeight, inWidth, channels, multiplier]), 4)
  },
)

function infoOf(inputShape: Shape4, filterShape: Shape4, { strides, dilations, pad, dimRoundingMode }: Strided) {
  return core.backend_util.computeConv2DInfo(inputShape, filterShape, strides, dilations, pad, dimRoundingMode, true)
}
