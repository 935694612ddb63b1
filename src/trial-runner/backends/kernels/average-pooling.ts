import type { KernelFunc, Tensor } from '@tensorflow/tfjs-core'
import { core } from '../../engines/tfjs/tfjs.ts'

interface Pooling {
  readonly filterSize: never
  readonly strides: never
  readonly pad: 'valid' | 'same' | number
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}

/**
 * Gradients of average pooling that share out evenly what a window at a border was given to what it sees: the shipped
 * ones give a part of it to the padding, though the average is that of what is seen.
 */
export function evenAveragePooling(backendName: string): Record<string, KernelFunc> {
  const { computePool2DInfo, computePool3DInfo } = core.backend_util
  return {
    AvgPoolGrad: evened('AvgPoolGrad', backendName, (shape, { filterSize, strides, pad, dimRoundingMode }) => {
      const info = computePool2DInfo(shape as never, filterSize, strides, 1, pad, dimRoundingMode)
      const { padInfo } = info
      return [
        shares(info.inHeight, info.outHeight, info.filterHeight, info.strideHeight, padInfo.top),
        shares(info.inWidth, info.outWidth, info.filterWidth, info.strideWidth, padInfo.left),
      ]
    }),
    AvgPool3DGrad: evened('AvgPool3DGrad', backendName, (shape, { filterSize, strides, pad, dimRoundingMode }) => {
      const info = computePool3DInfo(shape as never, filterSize, strides, 1, pad, dimRoundingMode)
      const { padInfo } = info
      return [
        shares(info.inDepth, info.outDepth, info.filterDepth, info.strideDepth, padInfo.front),
        shares(info.inHeight, info.outHeight, info.filterHeight, info.strideHeight, padInfo.top),
        shares(info.inWidth, info.outWidth, info.filterWidth, info.strideWidth, padInfo.left),
      ]
    }),
  }
}

/** For each window of an axis: how many times more it would see without a border. */
function shares(extent: number, windows: number, size: number, stride: number, before: number): number[] {
  return Array.from({ length: windows }, (_, i) => {
    const from = i * stride - before
    return size / (Math.min(extent, from + size) - Math.max(0, from))
  })
}

function evened(
  kernelName: string,
  backendName: string,
  sharesOf: (shape: number[], attributes: Pooling) => number[][],
): KernelFunc {
  const shipped = core.getKernel(kernelName, backendName).kernelFunc
  return ({ inputs, attrs = {}, backend }) => {
    const { input, dy } = inputs as { input: Tensor; dy: Tensor }
    const factors = sharesOf(input.shape, attrs as unknown as Pooling)
    if (factors.flat().every((factor) => factor === 1)) return shipped({ inputs, attrs, backend })
    const even = core.tidy(() =>
      factors.reduce<Tensor>((scaled, factor, i) => {
        const shape = dy.shape.map((_, k) => (k === i + 1 ? factor.length : 1))
        return core.mul(scaled, core.tensor(factor, shape))
      }, dy),
    )
    const gradient = shipped({ inputs: { input, dy: even }, attrs, backend })
    even.dispose()
    return gradient
  }
}
