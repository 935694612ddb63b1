import type { KernelFunc, Tensor } from '@tensorflow/tfjs-core'
import { core } from '../../engines/tfjs/tfjs.ts'

/**
 * The matrix product with its operands transposed beforehand: the shipped one is fast only where nothing is to be
 * transposed, which is not so in gradients, and one more pass over memory buys the fast one.
 */
export function fastMatrixProduct(backendName: string): KernelFunc {
  const shipped = core.getKernel('BatchMatMul', backendName).kernelFunc
  return ({ inputs, attrs, backend }) => {
    const { transposeA, transposeB } = attrs as unknown as { transposeA: boolean; transposeB: boolean }
    const { a, b } = inputs as unknown as { a: Tensor; b: Tensor }
    const left = transposeA ? exchangeLastAxes(a) : a
    const right = transposeB ? exchangeLastAxes(b) : b
    const product = shipped({
      inputs: { a: left, b: right },
      attrs: { transposeA: false, transposeB: false },
      backend,
    })
    if (transposeA) left.dispose()
    if (transposeB) right.dispose()
    return product
  }
}

function exchangeLastAxes(x: Tensor): Tensor {
  const axes = x.shape.map((_, i) => i)
  const last = x.rank - 1
  axes[last] = last - 1
  axes[last - 1] = last
  return core.transpose(x, axes)
}
