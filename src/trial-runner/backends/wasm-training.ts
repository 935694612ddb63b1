import { evenAveragePooling } from './kernels/average-pooling.ts'
import { convolutionFilterGradient, convolutionInputGradient } from './kernels/convolution.ts'
import { depthwiseFilterGradient, depthwiseInputGradient } from './kernels/depthwise-convolution.ts'
import { withPaddingInNumbers } from './kernels/explicit-padding.ts'
import { fastMatrixProduct } from './kernels/matrix-product.ts'
import { maxPool3d, maxPoolGradient, maxPoolGradient3d } from './kernels/max-pooling.ts'
import { provideKernels } from './kernels/provide.ts'
import { unsortedSegmentSum } from './kernels/segment-sum.ts'
import { volumeFilterGradient, volumeInputGradient } from './kernels/volume-convolution.ts'

let repaired = false

/**
 * Makes training on the wasm backend complete, right and fast. As shipped it lacks the gradients of convolutions'
 * filters, of depthwise convolutions and of gathering; max pooling is wrong for windows without a positive number,
 * those of volumes for most shapes; convolutions give zero where strides are wider than a padded filter; and
 * half of the rest miss its fast paths.
 */
export function repairWasmTraining(): void {
  if (repaired) return
  repaired = true
  provideKernels('wasm', {
    BatchMatMul: fastMatrixProduct('wasm'),
    Conv2DBackpropFilter: convolutionFilterGradient,
    Conv2DBackpropInput: convolutionInputGradient,
    Conv3DBackpropFilterV2: volumeFilterGradient,
    Conv3DBackpropInputV2: volumeInputGradient,
    DepthwiseConv2dNativeBackpropFilter: depthwiseFilterGradient,
    DepthwiseConv2dNativeBackpropInput: depthwiseInputGradient,
    UnsortedSegmentSum: unsortedSegmentSum,
    MaxPool3D: maxPool3d,
    MaxPoolGrad: maxPoolGradient,
    MaxPool3DGrad: maxPoolGradient3d,
    Conv2D: withPaddingInNumbers('Conv2D', 'wasm', { depthwise: false }),
    FusedConv2D: withPaddingInNumbers('FusedConv2D', 'wasm', { depthwise: false }),
    DepthwiseConv2dNative: withPaddingInNumbers('DepthwiseConv2dNative', 'wasm', { depthwise: true }),
    FusedDepthwiseConv2D: withPaddingInNumbers('FusedDepthwiseConv2D', 'wasm', { depthwise: true }),
    ...evenAveragePooling('wasm'),
  })
}
