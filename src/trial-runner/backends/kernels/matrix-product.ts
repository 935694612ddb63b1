import * as core from '@tensorflow/tfjs-core'

/**
 * The matrix product with its operands transposed beforehand: the shipped one is fast only where nothing is to be
 * transposed, which is not so in gradients, and one more pass over memory buys the fast one.
 */
export function fastMatrixProduct(backendName: string): core.KernelFunc {
  const shipped = core.getKernel('BatchMatMul', backendName).kernelFunc
  return ({ inputs, attrs, backend }) => {
    const { transposeA, transposeB } = attrs as unknown as { transposeA: boolean; transposeB: boolean }
    const { a, b } = inputs as unknown as { a: core.Tensor; b: core.Tensor }
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

function exchangeLastAxes(x: core.Tensor): core.Tensor {
  const axes = x.shape.map((_, i) => i)
  const last = x.rank - 1
  axes[last] = last - 1
  axes[last - 1] = last
  return core.transpose(x, axes)
}
