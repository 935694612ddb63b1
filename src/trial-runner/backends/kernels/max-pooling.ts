import type { Tensor, Tensor4D, Tensor5D } from '@tensorflow/tfjs-core'
import { core } from '../../engines/tfjs/tfjs.ts'
import { composed } from './provide.ts'

interface Pooling<Size> {
  readonly filterSize: number | Size
  readonly strides: number | Size
  readonly pad: 'valid' | 'same' | number
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}

type Pooling2 = Pooling<[number, number]>
type Pooling3 = Pooling<[number, number, number]>

export const maxPoolGradient = composed(({ input, dy }: { input: Tensor4D; dy: Tensor4D }, attributes: Pooling2) => {
  const { filterSize, strides, pad, dimRoundingMode } = attributes
  const info = core.backend_util.computePool2DInfo(input.shape, filterSize, strides, 1, pad, dimRoundingMode)
  const { padInfo } = info
  return routed(input, dy, info.batchSize, info.inChannels, [
    axis(1, 1, 1, 1, 0),
    axis(info.inHeight, info.outHeight, info.filterHeight, info.strideHeight, padInfo.top),
    axis(info.inWidth, info.outWidth, info.filterWidth, info.strideWidth, padInfo.left),
  ])
})

export const maxPoolGradient3d = composed(({ input, dy }: { input: Tensor5D; dy: Tensor5D }, attributes: Pooling3) => {
  const { batchSize, inChannels, axes } = volume(input, attributes)
  return routed(input, dy, batchSize, inChannels, axes)
})

export const maxPool3d = composed(({ x }: { x: Tensor5D }, attributes: Pooling3) => {
  const { batchSize, inChannels, outShape, axes } = volume(x, attributes)
  const values = x.dataSync<'float32'>()
  return core.tensor(
    Float32Array.from(largest(values, batchSize, inChannels, axes), (at) => values[at] as number),
    outShape,
  )
})

function volume(x: Tensor5D, { filterSize, strides, pad, dimRoundingMode }: Pooling3) {
  const info = core.backend_util.computePool3DInfo(x.shape, filterSize, strides, 1, pad as 'valid', dimRoundingMode)
  const { padInfo, batchSize, inChannels, outShape } = info
  const axes: Axes = [
    axis(info.inDepth, info.outDepth, info.filterDepth, info.strideDepth, padInfo.front),
    axis(info.inHeight, info.outHeight, info.filterHeight, info.strideHeight, padInfo.top),
    axis(info.inWidth, info.outWidth, info.filterWidth, info.strideWidth, padInfo.left),
  ]
  return { batchSize, inChannels, outShape, axes }
}

interface Axis {
  readonly extent: number
  /** For each window, what of the axis it sees. */
  readonly windows: readonly (readonly [from: number, to: number])[]
}

type Axes = readonly [depth: Axis, height: Axis, width: Axis]

function axis(extent: number, windows: number, size: number, stride: number, before: number): Axis {
  const seen = Array.from({ length: windows }, (_, i) => {
    const from = i * stride - before
    return [Math.max(0, from), Math.min(extent, from + size)] as const
  })
  return { extent, windows: seen }
}

/** What dy has for each window goes to the largest of its numbers. */
function routed(x: Tensor, dy: Tensor, batch: number, channels: number, axes: Axes): Tensor {
  const given = dy.dataSync<'float32'>()
  const gradient = new Float32Array(x.size)
  largest(x.dataSync<'float32'>(), batch, channels, axes).forEach((at, i) => {
    gradient[at] = (gradient[at] as number) + (given[i] as number)
  })
  return core.tensor(gradient, x.shape)
}

/** Where the first of the largest numbers of each window is. */
function largest(x: Float32Array, batch: number, channels: number, [depth, height, width]: Axes): Int32Array {
  const [line, plane] = [width.extent * channels, height.extent * width.extent * channels]
  const places = new Int32Array(batch * channels * depth.windows.length * height.windows.length * width.windows.length)
  let next = 0
  for (let image = 0; image < batch; image++) {
    const start = image * depth.extent * plane
    for (const [front, back] of depth.windows) {
      for (const [top, bottom] of height.windows) {
        for (const [left, right] of width.windows) {
          for (let channel = 0; channel < channels; channel++) {
            let largest = Number.NEGATIVE_INFINITY
            let at = start + front * plane + top * line + left * channels + channel
            for (let d = front; d < back; d++) {
              for (let h = top; h < bottom; h++) {
                const row = start + d * plane + h * line + channel
                for (let w = left; w < right; w++) {
                  const value = x[row + w * channels] as number
                  if (value > largest) {
                    largest = value
                    at = row + w * channels
                  }
                }
              }
            }
            places[next++] = at
          }
        }
      }
    }
  }
  return places
}
