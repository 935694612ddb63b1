import type { KernelFunc, Tensor4D } from '@tensorflow/tfjs-core'
import { core } from '../../engines/tfjs/tfjs.ts'

interface Convolution {
  readonly strides: number | [number, number]
  readonly pad: unknown
  readonly dilations?: number | [number, number] | null
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}

/** A convolution whose padding `same` is given in numbers: left to the shipped one, strides wider than the filter make it zero. */
export function withPaddingInNumbers(
  kernelName: string,
  backendName: string,
  { depthwise }: { readonly depthwise: boolean },
): KernelFunc {
  const shipped = core.getKernel(kernelName, backendName).kernelFunc
  return ({ inputs, attrs, backend }) => {
    const { strides, pad, dilations, dimRoundingMode } = attrs as unknown as Convolution
    const { x, filter } = inputs as unknown as { x: Tensor4D; filter: Tensor4D }
    if (pad !== 'same') return shipped({ inputs, attrs: { ...attrs }, backend })
    const { padInfo } = core.backend_util.computeConv2DInfo(
      x.shape,
      filter.shape,
      strides,
      dilations ?? 1,
      pad,
      dimRoundingMode,
      depthwise,
    )
    const { top, bottom, left, right } = padInfo
    const numbers = [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]
    return shipped({ inputs, attrs: { ...attrs, pad: numbers as never }, backend })
  }
}
