import * as core from '@tensorflow/tfjs-core'

/**
 * Makes training on the wasm backend fast and complete. As shipped its matrix product is fast only untransposed and
 * unbatched, which the gradients are not, and convolutions have no filter gradient.
 */
export function repairWasmTraining(): void {
  repairTransposedMatMul()
  registerConv2dFilterGradient()
}

/** Transposes operands beforehand: one more pass over memory buys the fast product. */
function repairTransposedMatMul(): void {
  const shipped = core.getKernel('BatchMatMul', 'wasm').kernelFunc
  core.unregisterKernel('BatchMatMul', 'wasm')
  core.registerKernel({
    kernelName: 'BatchMatMul',
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) => {
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
    },
  })
}

function exchangeLastAxes(x: core.Tensor): core.Tensor {
  const axes = x.shape.map((_, i) => i)
  const last = x.rank - 1
  axes[last] = last - 1
  axes[last - 1] = last
  return core.transpose(x, axes)
}

interface FilterGradientInputs {
  readonly x: core.Tensor4D
  readonly dy: core.Tensor4D
}

/** The filter gradient as a convolution: of x with batch and channels exchanged, by dy, dilated by the strides. */
function registerConv2dFilterGradient(): void {
  if (core.getKernel('Conv2DBackpropFilter', 'wasm') !== undefined) return
  core.registerKernel({
    kernelName: 'Conv2DBackpropFilter',
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      const { x, dy } = inputs as unknown as FilterGradientInputs
      const { strides, pad, filterShape } = attrs as unknown as {
        strides: number | [number, number]
        pad: 'valid' | 'same' | number
        filterShape: [number, number, number, number]
      }
      const { padInfo } = core.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, undefined, false)
      const [rowStride, columnStride] = typeof strides === 'number' ? [strides, strides] : strides
      return core.tidy(() => {
        const padded = core.pad(x, [
          [0, 0],
          [padInfo.top, padInfo.bottom],
          [padInfo.left, padInfo.right],
          [0, 0],
        ])
        const images = core.transpose(padded, [3, 1, 2, 0]) as core.Tensor4D
        const filter = core.transpose(dy, [1, 2, 0, 3]) as core.Tensor4D
        const grad = core.conv2d(images, filter, 1, 'valid', 'NHWC', [rowStride, columnStride])
        const [height, width, channels, count] = filterShape
        const exact = core.slice(grad, [0, 0, 0, 0], [channels, height, width, count])
        return core.transpose(exact, [1, 2, 0, 3])
      })
    },
  })
}
