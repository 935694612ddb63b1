import type { Tensor, Tensor5D } from '@tensorflow/tfjs-core'
import { core } from './tfjs.ts'

/** Answers of yes or no, which small changes of the inputs do not change. */
const COMPARISONS = ['Any', 'All', 'Equal', 'NotEqual', 'Greater', 'GreaterEqual', 'Less', 'LessEqual']

/**
 * Registers gradients that tfjs has on no backend: of comparisons, without which Masking and ThresholdedReLU can stand
 * only at the beginning of a model, and of the transposed convolution of volumes.
 */
export function registerMissingGradients(): void {
  for (const kernelName of COMPARISONS) {
    if (core.getGradient(kernelName) !== undefined) continue
    core.registerGradient({
      kernelName,
      inputsToSave: kernelName.startsWith('A') ? ['x'] : ['a', 'b'],
      gradFunc: (_, saved) =>
        Object.fromEntries(saved.map((x, i) => [saved.length === 1 ? 'x' : 'ab'.charAt(i), () => core.zeros(x.shape)])),
    })
  }
  if (core.getGradient('Conv3DBackpropInputV2') === undefined) {
    core.registerGradient({
      kernelName: 'Conv3DBackpropInputV2',
      inputsToSave: ['dy', 'filter'],
      gradFunc: (gradient, saved, attributes) => {
        const [dy, filter] = saved as [Tensor5D, Tensor5D]
        const { strides, pad } = attributes as unknown as { strides: number; pad: 'valid' | 'same' }
        const x = gradient as Tensor5D
        const attrs = { strides, pad, filterShape: filter.shape }
        return {
          dy: () => core.conv3d(x, filter, strides, pad),
          filter: () => core.engine().runKernel('Conv3DBackpropFilterV2', { x, dy }, attrs) as Tensor,
        }
      },
    })
  }
}
